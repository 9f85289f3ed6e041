use std::fmt;

use super::{Refusal, Word};

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const DAY: u32 = 24 * 60;
const WEEK: u32 = 7 * DAY;
const LEAST: u32 = 60;

/// The daily hours in which a snapshot is taken, in UTC: `03:00-05:00`.
/// At least 60 minutes; it may pass midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SnapshotWindow {
    start: u32,
    minutes: u32,
}

/// The weekly hours in which AWS may change the nodes, in UTC: `sun:05:00-sun:07:00`.
/// From 60 minutes to 24 hours; it may pass the end of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MaintenanceWindow {
    start: u32,
    minutes: u32,
}

impl SnapshotWindow {
    /// Whether some minute of some day of the week is in both windows.
    /// Windows that only touch don't overlap.
    #[must_use]
    pub fn overlaps(self, maintenance: MaintenanceWindow) -> bool {
        (0..7).any(|day| {
            let start = day * DAY + self.start;
            let ahead = (maintenance.start + WEEK - start) % WEEK;
            let behind = (start + WEEK - maintenance.start) % WEEK;
            ahead < self.minutes || behind < maintenance.minutes
        })
    }
}

fn clock(text: &str) -> Option<u32> {
    let bytes = text.as_bytes();
    if bytes.len() != 5 || bytes[2] != b':' {
        return None;
    }
    let two = |i: usize| -> Option<u32> {
        (bytes[i].is_ascii_digit() && bytes[i + 1].is_ascii_digit())
            .then(|| u32::from(bytes[i] - b'0') * 10 + u32::from(bytes[i + 1] - b'0'))
    };
    let (hour, minute) = (two(0)?, two(3)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

fn moment(text: &str) -> Option<u32> {
    let (day, time) = text.split_once(':')?;
    let day = DAYS.iter().zip(0u32..).find(|(name, _)| **name == day)?.1;
    Some(day * DAY + clock(time)?)
}

fn hhmm(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}

impl fmt::Display for SnapshotWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}-{}",
            hhmm(self.start),
            hhmm(self.start + self.minutes)
        )
    }
}

impl fmt::Display for MaintenanceWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |m: u32| format!("{}:{}", DAYS[(m / DAY % 7) as usize], hhmm(m % DAY));
        write!(f, "{}-{}", at(self.start), at(self.start + self.minutes))
    }
}

impl Word for SnapshotWindow {
    const WHAT: &'static str = "snapshot window";
    const CODE: &'static str = "snapshot-window";

    fn parse(text: &str) -> Result<Self, Refusal> {
        let allowed = "hh24:mi-hh24:mi in UTC, at least 60 minutes, such as 03:00-04:00";
        let Some((start, end)) = text
            .split_once('-')
            .and_then(|(a, b)| Some((clock(a)?, clock(b)?)))
        else {
            return Err(Refusal::new(
                "isn't a daily window",
                allowed,
                "write it like 03:00-04:00",
            ));
        };
        let minutes = (end + DAY - start) % DAY;
        if minutes < LEAST {
            return Err(Refusal::new(
                format!("is {minutes} minutes long"),
                allowed,
                format!("end it at {} or later", hhmm(start + LEAST)),
            ));
        }
        Ok(Self { start, minutes })
    }
}

impl Word for MaintenanceWindow {
    const WHAT: &'static str = "maintenance window";
    const CODE: &'static str = "maintenance-window";

    fn parse(text: &str) -> Result<Self, Refusal> {
        let allowed = "ddd:hh24:mi-ddd:hh24:mi in UTC, lower case, from 60 minutes to 24 hours, such as sun:05:00-sun:06:00";
        let Some((start, end)) = text
            .split_once('-')
            .and_then(|(a, b)| Some((moment(a)?, moment(b)?)))
        else {
            let lower = text.to_ascii_lowercase();
            let help = if lower != text && Self::parse(&lower).is_ok() {
                format!("write {lower}")
            } else {
                "write it like sun:05:00-sun:06:00".into()
            };
            return Err(Refusal::new("isn't a weekly window", allowed, help));
        };
        let minutes = (end + WEEK - start) % WEEK;
        if minutes < LEAST {
            return Err(Refusal::new(
                format!("is {minutes} minutes long"),
                allowed,
                "make it an hour at least",
            ));
        }
        if minutes > DAY {
            return Err(Refusal::new(
                format!("is {} hours long", minutes.div_ceil(60)),
                allowed,
                "make it a day at most; is the end before the start?",
            ));
        }
        Ok(Self { start, minutes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlap(snapshot: &str, maintenance: &str) -> bool {
        SnapshotWindow::parse(snapshot)
            .unwrap()
            .overlaps(MaintenanceWindow::parse(maintenance).unwrap())
    }

    #[test]
    fn windows_that_touch_do_not_overlap() {
        assert!(!overlap("03:00-05:00", "sun:05:00-sun:07:00"));
        assert!(!overlap("03:00-05:00", "sun:01:00-sun:03:00"));
        assert!(overlap("03:00-05:00", "sun:04:59-sun:06:00"));
        assert!(overlap("03:00-05:00", "sun:02:00-sun:03:01"));
        assert!(overlap("02:00-06:00", "wed:03:00-wed:04:00"));
        assert!(overlap("03:30-04:30", "wed:03:00-wed:06:00"));
    }

    #[test]
    fn midnight_and_the_end_of_the_week_are_no_walls() {
        assert!(overlap("23:30-00:30", "mon:00:00-mon:01:00"));
        assert!(overlap("00:00-01:00", "sun:23:00-mon:01:30"));
        assert!(!overlap("02:00-03:00", "sun:23:00-mon:01:30"));
    }

    #[test]
    fn what_aws_refuses_is_refused() {
        for bad in [
            "",
            "03:00",
            "03:00-03:30",
            "3:00-4:00",
            "24:00-01:00",
            "03:60-05:00",
            "03:00-03:00",
            "ß3:00-05:00",
        ] {
            assert!(SnapshotWindow::parse(bad).is_err(), "{bad}");
        }
        for bad in [
            "",
            "sun:05:00",
            "Sun:05:00-Sun:06:00",
            "sun:05:00-sun:05:59",
            "sun:05:00-mon:05:01",
            "xyz:05:00-xyz:06:00",
        ] {
            assert!(MaintenanceWindow::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            MaintenanceWindow::parse("Sun:05:00-Sun:06:00")
                .unwrap_err()
                .help,
            "write sun:05:00-sun:06:00"
        );
    }

    #[test]
    fn a_window_prints_as_it_was_given() {
        assert_eq!(
            SnapshotWindow::parse("23:30-00:30").unwrap().to_string(),
            "23:30-00:30"
        );
        assert_eq!(
            MaintenanceWindow::parse("sun:23:00-mon:01:30")
                .unwrap()
                .to_string(),
            "sun:23:00-mon:01:30"
        );
    }
}
