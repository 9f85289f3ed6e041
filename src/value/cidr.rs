use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::{Refusal, Word};

/// A block of addresses, IPv4 or IPv6, without host bits: `10.0.0.0/16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cidr {
    /// IPv4.
    V4(Ipv4Addr, u8),
    /// IPv6.
    V6(Ipv6Addr, u8),
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(address, prefix) => write!(f, "{address}/{prefix}"),
            Self::V6(address, prefix) => write!(f, "{address}/{prefix}"),
        }
    }
}

impl Word for Cidr {
    const WHAT: &'static str = "CIDR block";
    const CODE: &'static str = "cidr";

    fn parse(text: &str) -> Result<Self, Refusal> {
        let refuse = |because: &str, help: String| {
            Err(Refusal::new(
                because,
                "an IPv4 or IPv6 network and its prefix length, such as 10.0.0.0/16 or 2001:db8::/32",
                help,
            ))
        };
        let Some((address, prefix)) = text.split_once('/') else {
            return refuse(
                "has no prefix length",
                format!("for one address, write {text}/32"),
            );
        };
        // `u8::from_str` takes a sign and leading zeros; a prefix length has neither
        let prefix: Option<u8> = (!prefix.is_empty()
            && prefix.bytes().all(|b| b.is_ascii_digit())
            && (prefix == "0" || !prefix.starts_with('0')))
        .then(|| prefix.parse().ok())
        .flatten();
        let Some(prefix) = prefix else {
            return refuse(
                "has a prefix length that isn't a number",
                "write it like /16".into(),
            );
        };
        if let Ok(address) = address.parse::<Ipv4Addr>() {
            if prefix > 32 {
                return refuse(
                    "has a prefix length over 32",
                    "write /32 for one address".into(),
                );
            }
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            let network = Ipv4Addr::from(u32::from(address) & mask);
            if network != address {
                return refuse("has host bits set", format!("write {network}/{prefix}"));
            }
            return Ok(Self::V4(address, prefix));
        }
        if let Ok(address) = address.parse::<Ipv6Addr>() {
            if prefix > 128 {
                return refuse(
                    "has a prefix length over 128",
                    "write /128 for one address".into(),
                );
            }
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            let network = Ipv6Addr::from(u128::from(address) & mask);
            if network != address {
                return refuse("has host bits set", format!("write {network}/{prefix}"));
            }
            return Ok(Self::V6(address, prefix));
        }
        refuse(
            "doesn't start with an IP address",
            "write it like 10.0.0.0/16".into(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_read_and_host_bits_are_not_lost_silently() {
        for good in [
            "10.0.0.0/16",
            "0.0.0.0/0",
            "127.0.0.1/32",
            "2001:db8::/32",
            "::/0",
        ] {
            assert_eq!(Cidr::parse(good).unwrap().to_string(), good);
        }
        for bad in [
            "10.0.0.1/16",
            "10.0.0.0",
            "10.0.0.0/33",
            "10.0.0.0/+8",
            "10.0.0.0/08",
            "10.0.0/8",
            "2001:db8::1/32",
            "::/129",
            "",
            "/",
            "10.0.0.0/",
            "vpc",
        ] {
            assert!(Cidr::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            Cidr::parse("10.0.3.7/24").unwrap_err().help,
            "write 10.0.3.0/24"
        );
    }
}
