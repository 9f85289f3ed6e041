//! Terraform's functions, those that people use. What isn't here, what reads files or clocks,
//! and what is given something unknown, is unknown.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::evaluate::{Evaluator, LONGEST, MOST, Scope, TextBuilder, undecided};
use super::source::Span;
use super::syntax::Call;
use super::value::{Data, Inputs, Member, Members, Part, Val, number_text};

/// Why there is no value: it isn't known, or there is none.
enum Stop {
    Unknown,
    Failed,
}

type Answer = Result<Data, Stop>;

/// Calls a function.
pub(super) fn call<'t>(
    evaluator: &Evaluator<'t>,
    call: &'t Call,
    span: Span,
    scope: Scope<'t, '_>,
) -> Val {
    let name = call.name.strip_prefix("core::").unwrap_or(&call.name);
    match name {
        "try" => return attempt(evaluator, call, span, scope),
        "can" => {
            let values = call.arguments.iter();
            let value = values
                .map(|argument| evaluator.eval(argument, scope))
                .next();
            let data = match value.as_ref().map(|value| &value.data) {
                Some(Data::Failed) => Data::Bool(false),
                Some(Data::Unknown | Data::Input(_) | Data::Attribute(_)) | None => Data::Unknown,
                Some(_) => Data::Bool(true),
            };
            let inputs = value.map(|value| value.inputs).unwrap_or_default();
            return Val::new(data, span).with(&inputs);
        }
        _ => {}
    }
    let mut values: Vec<Val> = call
        .arguments
        .iter()
        .map(|argument| evaluator.eval(argument, scope))
        .collect();
    let all = |values: &[Val]| {
        let mut inputs = Inputs::default();
        for value in values {
            inputs = inputs.and(&value.inputs);
        }
        inputs
    };
    if call.expands
        && let Some(last) = values.pop()
    {
        let last = evaluator.known(last);
        match last.data.items() {
            Some(items) => values.extend(items.iter().cloned()),
            None => {
                let inputs = all(&values).and(&last.inputs);
                return Val::new(undecided(&[&last]), span).with(&inputs);
            }
        }
    }
    let inputs = all(&values);
    if values.iter().any(Val::is_failed) {
        return Val::new(Data::Failed, span).with(&inputs);
    }
    let weight = values.iter().map(|value| weight(&value.data)).sum();
    if !evaluator.spend(weight, span) {
        return Val::unknown(span);
    }
    // what only hands on what it is given keeps references
    if let Some(value) = handed_on(evaluator, name, &values) {
        return value.with(&inputs);
    }
    let values: Vec<Val> = values
        .into_iter()
        .map(|value| evaluator.known(value))
        .collect();
    let data = match answer(evaluator, name, &values, span) {
        Ok(data) => data,
        Err(Stop::Unknown) => Data::Unknown,
        Err(Stop::Failed) => Data::Failed,
    };
    Val::new(data, span).with(&inputs)
}

fn weight(data: &Data) -> u64 {
    match data {
        Data::List(items) | Data::Set(items) => items.len() as u64,
        Data::Object(members) => members.len() as u64,
        Data::Text(text) => 1 + text.len() as u64 / 16,
        _ => 1,
    }
}

/// The first argument that isn't an error.
fn attempt<'t>(evaluator: &Evaluator<'t>, call: &'t Call, span: Span, scope: Scope<'t, '_>) -> Val {
    let mut inputs = Inputs::default();
    for argument in &call.arguments {
        let value = evaluator.eval(argument, scope);
        inputs = inputs.and(&value.inputs);
        if !matches!(value.data, Data::Failed) {
            return value.with(&inputs);
        }
    }
    Val::new(Data::Failed, span).with(&inputs)
}

/// One of the values as it is.
fn handed_on<'t>(evaluator: &Evaluator<'t>, name: &str, values: &[Val]) -> Option<Val> {
    let first = values.first()?;
    match (name, values) {
        ("nonsensitive" | "sensitive" | "ephemeralasnull", [value]) => Some(value.clone()),
        ("tostring", [value]) if matches!(value.data, Data::Attribute(_) | Data::Input(_)) => {
            Some(value.clone())
        }
        ("coalesce", values) => {
            for value in values {
                match &value.data {
                    Data::Null => {}
                    Data::Text(text) if text.is_empty() => {}
                    Data::Attribute(_) => {
                        // an attribute that will be there is not empty
                        return Some(value.clone());
                    }
                    Data::Unknown | Data::Input(_) | Data::Failed | Data::Parts(_) => {
                        return None;
                    }
                    _ => return Some(value.clone()),
                }
            }
            None
        }
        // `join("", aws_elasticache_subnet_group.this[*].name)`
        ("join", [separator, list]) => {
            let list = evaluator.known(list.clone());
            match (&separator.data, &list.data) {
                (Data::Text(_), Data::List(items) | Data::Set(items)) => match &**items {
                    [only] if matches!(only.data, Data::Attribute(_) | Data::Input(_)) => {
                        Some(only.clone())
                    }
                    _ => None,
                },
                _ => None,
            }
        }
        ("lookup", [map, name, default @ ..]) => {
            let (map, name) = (evaluator.known(map.clone()), evaluator.known(name.clone()));
            match (&map.data, name.data.as_text()) {
                (Data::Object(members), Some(name)) => match members.get(&name) {
                    Some(member) => Some(member.value.clone()),
                    None => default.first().cloned(),
                },
                _ => None,
            }
        }
        ("element", [list, at]) => {
            let (list, at) = (evaluator.known(list.clone()), evaluator.known(at.clone()));
            let items = list.data.items().filter(|items| !items.is_empty())?;
            let at = (at.data.as_number()? as i64).rem_euclid(items.len() as i64);
            Some(items[at as usize].clone())
        }
        ("one", [_]) => match first.data.items().map(|items| &**items) {
            Some([]) => Some(Val::new(Data::Null, first.span)),
            Some([only]) => Some(only.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// What is said of an argument that isn't of the kind that is asked for.
fn stop(value: &Val) -> Stop {
    match undecided(&[value]) {
        Data::Unknown => Stop::Unknown,
        _ => Stop::Failed,
    }
}

fn text(values: &[Val], at: usize) -> Result<Rc<str>, Stop> {
    let value = values.get(at).ok_or(Stop::Failed)?;
    match &value.data {
        Data::Parts(_) => Err(Stop::Unknown),
        data => data.as_text().ok_or_else(|| stop(value)),
    }
}

fn number(values: &[Val], at: usize) -> Result<f64, Stop> {
    let value = values.get(at).ok_or(Stop::Failed)?;
    value.data.as_number().ok_or_else(|| match value.data {
        Data::Parts(_) => Stop::Unknown,
        _ => stop(value),
    })
}

fn items(values: &[Val], at: usize) -> Result<&Rc<[Val]>, Stop> {
    let value = values.get(at).ok_or(Stop::Failed)?;
    value.data.items().ok_or_else(|| stop(value))
}

fn object(values: &[Val], at: usize) -> Result<&Rc<Members>, Stop> {
    let value = values.get(at).ok_or(Stop::Failed)?;
    match &value.data {
        Data::Object(members) => Ok(members),
        _ => Err(stop(value)),
    }
}

/// Texts that are all known.
fn texts<'t>(evaluator: &Evaluator<'t>, items: &[Val]) -> Result<Vec<Rc<str>>, Stop> {
    items
        .iter()
        .map(|item| {
            let item = evaluator.known(item.clone());
            match &item.data {
                Data::Parts(_) => Err(Stop::Unknown),
                data => data.as_text().ok_or_else(|| stop(&item)),
            }
        })
        .collect()
}

/// A set: without what stands twice, and sorted where all of it is known.
pub(super) fn set(items: Vec<Val>) -> Data {
    let known = items.iter().all(|item| item.data.as_text().is_some());
    if !known {
        return Data::Set(items.into());
    }
    let mut sorted = BTreeMap::new();
    for item in items {
        if let Some(text) = item.data.as_text() {
            sorted.entry(text).or_insert(item);
        }
    }
    Data::Set(sorted.into_values().collect())
}

fn answer<'t>(evaluator: &Evaluator<'t>, name: &str, values: &[Val], span: Span) -> Answer {
    match name {
        "length" | "lower" | "upper" | "title" | "trimspace" | "trim" | "trimprefix"
        | "trimsuffix" | "chomp" | "strrev" | "replace" | "substr" | "split" | "join"
        | "format" | "formatlist" | "startswith" | "endswith" | "strcontains" | "indent" => {
            of_texts(evaluator, name, values, span)
        }
        "max" | "min" | "abs" | "ceil" | "floor" | "pow" | "signum" | "sum" | "parseint"
        | "range" => of_numbers(evaluator, name, values, span),
        "merge" | "lookup" | "keys" | "values" | "zipmap" | "contains" | "element" | "concat"
        | "coalesce" | "coalescelist" | "compact" | "distinct" | "flatten" | "slice" | "one"
        | "reverse" | "sort" | "index" | "toset" | "tolist" | "tomap" | "chunklist" | "alltrue"
        | "anytrue" | "setunion" | "setintersection" | "setsubtract" | "setproduct" => {
            of_collections(evaluator, name, values, span)
        }
        "tostring" => match &values.first().ok_or(Stop::Failed)?.data {
            data @ (Data::Null | Data::Parts(_)) => Ok(data.clone()),
            _ => text(values, 0).map(Data::Text),
        },
        "tonumber" => match &values.first().ok_or(Stop::Failed)?.data {
            Data::Null => Ok(Data::Null),
            _ => number(values, 0).map(Data::Number),
        },
        "tobool" => {
            let value = values.first().ok_or(Stop::Failed)?;
            match &value.data {
                Data::Null => Ok(Data::Null),
                data => data.as_bool().map(Data::Bool).ok_or_else(|| stop(value)),
            }
        }
        "cidrsubnet" => {
            let added = number(values, 1)?;
            let number = number(values, 2)?;
            subnet(&text(values, 0)?, added, number).map(Data::text)
        }
        // the functions of Terraform 0.11 that brackets took the place of
        "list" => Ok(Data::List(values.into())),
        "map" => {
            let mut members = Members::new();
            for at in (0..values.len()).step_by(2) {
                let value = values.get(at + 1).ok_or(Stop::Failed)?.clone();
                let name = values[at].span;
                members.insert(text(values, at)?, Member { name, value });
            }
            Ok(Data::Object(Rc::new(members)))
        }
        "jsonencode" => {
            let value = values.first().ok_or(Stop::Failed)?;
            let json = to_json(evaluator, value, 0).ok_or(Stop::Unknown)?;
            // as Terraform, which escapes for HTML
            let json = json.to_string();
            if json.len() > LONGEST {
                return Err(Stop::Unknown);
            }
            let json = json.replace('<', "\\u003c").replace('>', "\\u003e");
            Ok(Data::text(json.replace('&', "\\u0026")))
        }
        "jsondecode" | "yamldecode" => {
            let value = values.first().ok_or(Stop::Failed)?;
            if let Data::Secret(_) = &value.data {
                return Ok(value.data.clone());
            }
            let text = text(values, 0)?;
            if name == "yamldecode" {
                return Err(Stop::Unknown);
            }
            let json: serde_json::Value = serde_json::from_str(&text).map_err(|_| Stop::Failed)?;
            Ok(super::evaluate::from_json(&json, span).data)
        }
        _ => Err(Stop::Unknown),
    }
}

fn of_texts<'t>(evaluator: &Evaluator<'t>, name: &str, values: &[Val], span: Span) -> Answer {
    let text = |at: usize| text(values, at);
    let made = |made: String| Ok(Data::text(made));
    match name {
        "length" => {
            let value = values.first().ok_or(Stop::Failed)?;
            let length = match &value.data {
                Data::List(items) | Data::Set(items) => items.len(),
                Data::Object(members) => members.len(),
                Data::Text(text) => text.chars().count(),
                Data::Parts(_) => return Err(Stop::Unknown),
                _ => return Err(stop(value)),
            };
            Ok(Data::Number(length as f64))
        }
        "lower" | "upper" => match values {
            // what isn't known of a text stays where it is
            [
                Val {
                    data: Data::Parts(parts),
                    ..
                },
            ] if !parts.iter().any(|part| matches!(part, Part::Input(_))) => {
                let parts = parts.iter().map(|part| match part {
                    Part::Literal(text) => Part::Literal(cased(name, text)),
                    other => other.clone(),
                });
                Ok(Data::Parts(parts.collect()))
            }
            _ => made(cased(name, &text(0)?)),
        },
        "title" => {
            let mut before = ' ';
            let text = text(0)?;
            let all = text.chars().map(|c| {
                let begins = !before.is_alphanumeric();
                before = c;
                if begins { c.to_ascii_uppercase() } else { c }
            });
            made(all.collect())
        }
        "trimspace" => made(text(0)?.trim().to_owned()),
        "chomp" => made(text(0)?.trim_end_matches(['\r', '\n']).to_owned()),
        "trim" => {
            let cut = text(1)?;
            made(text(0)?.trim_matches(|c| cut.contains(c)).to_owned())
        }
        "trimprefix" => {
            let (text, cut) = (text(0)?, text(1)?);
            made(text.strip_prefix(&*cut).unwrap_or(&text).to_owned())
        }
        "trimsuffix" => {
            let (text, cut) = (text(0)?, text(1)?);
            made(text.strip_suffix(&*cut).unwrap_or(&text).to_owned())
        }
        "strrev" => made(text(0)?.chars().rev().collect()),
        "startswith" => Ok(Data::Bool(text(0)?.starts_with(&*text(1)?))),
        "endswith" => Ok(Data::Bool(text(0)?.ends_with(&*text(1)?))),
        "strcontains" => Ok(Data::Bool(text(0)?.contains(&*text(1)?))),
        "replace" => {
            let (text, from, to) = (text(0)?, text(1)?, text(2)?);
            if from.len() > 1 && from.starts_with('/') && from.ends_with('/') {
                // a regular expression
                return Err(Stop::Unknown);
            }
            if text.len().saturating_mul(to.len() + 1) > LONGEST {
                return Err(Stop::Unknown);
            }
            made(text.replace(&*from, &to))
        }
        "substr" => {
            let text = text(0)?;
            let count = text.chars().count() as f64;
            let (offset, length) = (number(values, 1)?, number(values, 2)?);
            let from_end = offset < 0.0;
            let offset = if from_end {
                (count + offset).max(0.0)
            } else {
                offset
            };
            // as Terraform: none after the end means all of them
            let is_rest = length < 0.0 || (from_end && length == 0.0);
            let length = if is_rest { count } else { length };
            let cut = text.chars().skip(offset as usize).take(length as usize);
            made(cut.collect())
        }
        "split" => {
            let (separator, text) = (text(0)?, text(1)?);
            if !evaluator.spend(text.len() as u64 / 4, span) {
                return Err(Stop::Unknown);
            }
            let part = |part: &str| Val::new(Data::text(part), span);
            let parts: Vec<Val> = if separator.is_empty() {
                text.chars().map(|c| part(&c.to_string())).collect()
            } else if text.is_empty() {
                vec![part("")]
            } else {
                text.split(&*separator).map(part).collect()
            };
            Ok(Data::List(parts.into()))
        }
        "join" => {
            let separator = text(0)?;
            let mut builder = TextBuilder::default();
            let mut first = true;
            for at in 1..values.len() {
                for item in items(values, at)?.iter() {
                    if !first {
                        builder.literal(&separator);
                    }
                    first = false;
                    builder.value(&evaluator.known(item.clone()));
                }
            }
            Ok(builder.finish(span).data)
        }
        "format" => format(evaluator, &text(0)?, &values[1..], span),
        "formatlist" => {
            let lists = values[1..].iter().filter_map(|value| value.data.items());
            let length = lists.map(|items| items.len()).max().unwrap_or(1);
            let format_text = text(0)?;
            let mut all = Vec::new();
            for at in 0..length {
                let mut row = Vec::new();
                for value in &values[1..] {
                    match value.data.items() {
                        Some(items) => {
                            row.push(evaluator.known(items.get(at).ok_or(Stop::Failed)?.clone()));
                        }
                        None if super::evaluate::is_plain(&value.data) => row.push(value.clone()),
                        None => return Err(Stop::Unknown),
                    }
                }
                all.push(Val::new(format(evaluator, &format_text, &row, span)?, span));
            }
            Ok(Data::List(all.into()))
        }
        _ => Err(Stop::Unknown),
    }
}

fn cased(name: &str, text: &str) -> String {
    if name == "lower" {
        text.to_lowercase()
    } else {
        text.to_uppercase()
    }
}

/// `%s`, `%d`, `%v`, `%q`, `%f`, `%t`, with a width and zeros.
fn format<'t>(evaluator: &Evaluator<'t>, format: &str, values: &[Val], span: Span) -> Answer {
    let mut builder = TextBuilder::default();
    let mut values = values.iter();
    let mut rest = format;
    while let Some(at) = rest.find('%') {
        builder.literal(&rest[..at]);
        rest = &rest[at + 1..];
        let verb = rest.find(|c: char| c.is_ascii_alphabetic() || c == '%');
        let (flags, after) = rest.split_at(verb.ok_or(Stop::Failed)?);
        rest = &after[1..];
        if after.starts_with('%') {
            builder.literal("%");
            continue;
        }
        if flags.contains(['[', '*', '#', '+', ' ']) {
            return Err(Stop::Unknown);
        }
        let value = evaluator.known(values.next().ok_or(Stop::Failed)?.clone());
        let verb = &after[..1];
        if flags.is_empty() && matches!(verb, "s" | "v") {
            if value.data.items().is_some() || matches!(value.data, Data::Object(_)) {
                return Err(Stop::Unknown);
            }
            builder.value(&value);
            continue;
        }
        let Some(text) = value.data.as_text() else {
            match super::evaluate::undecided(&[&value]) {
                Data::Unknown => builder.push(Part::Unknown),
                _ if matches!(value.data, Data::Parts(_)) => builder.push(Part::Unknown),
                _ => return Err(Stop::Failed),
            }
            builder.inputs = builder.inputs.and(&value.inputs);
            continue;
        };
        let left = flags.starts_with('-');
        let flags = flags.trim_start_matches('-');
        let zeros = flags.starts_with('0');
        let (width, precision) = match flags.split_once('.') {
            Some((width, precision)) => (width, precision.parse::<usize>().ok()),
            None => (flags, None),
        };
        let width: usize = width.parse().unwrap_or(0).min(1000);
        let text = match verb {
            "d" => number_text(value.data.as_number().ok_or(Stop::Failed)?.trunc()),
            "f" => {
                let number = value.data.as_number().ok_or(Stop::Failed)?;
                format!("{number:.*}", precision.unwrap_or(6).min(100))
            }
            "q" => serde_json::Value::from(&*text).to_string(),
            "s" => {
                let most = precision.unwrap_or(usize::MAX);
                text.chars().take(most).collect()
            }
            "v" | "t" => (*text).to_owned(),
            "x" => format!("{:x}", value.data.as_number().ok_or(Stop::Failed)? as i64),
            _ => return Err(Stop::Unknown),
        };
        let padding = width.saturating_sub(text.chars().count());
        match (left, zeros) {
            (true, _) => builder.literal(&(text + &" ".repeat(padding))),
            (false, true) => match text.strip_prefix('-') {
                Some(digits) => builder.literal(&format!("-{}{digits}", "0".repeat(padding))),
                None => builder.literal(&("0".repeat(padding) + &text)),
            },
            (false, false) => builder.literal(&(" ".repeat(padding) + &text)),
        }
    }
    builder.literal(rest);
    Ok(builder.finish(span).data)
}

fn of_numbers<'t>(evaluator: &Evaluator<'t>, name: &str, values: &[Val], span: Span) -> Answer {
    let number = |at: usize| number(values, at);
    let value = match name {
        "max" | "min" => {
            let mut best = number(0)?;
            for at in 1..values.len() {
                let other = number(at)?;
                best = if name == "max" {
                    best.max(other)
                } else {
                    best.min(other)
                };
            }
            best
        }
        "abs" => number(0)?.abs(),
        "ceil" => number(0)?.ceil(),
        "floor" => number(0)?.floor(),
        "signum" => {
            let number = number(0)?;
            match number {
                0.0 => 0.0,
                _ if number.fract() != 0.0 => return Err(Stop::Failed),
                _ => number.signum(),
            }
        }
        "pow" => number(0)?.powf(number(1)?),
        "parseint" => {
            let base = number(1)?;
            if !(2.0..=36.0).contains(&base) {
                return Err(Stop::Failed);
            }
            let parsed = i64::from_str_radix(&text(values, 0)?, base as u32);
            parsed.map_err(|_| Stop::Failed)? as f64
        }
        "sum" => {
            let mut sum = 0.0;
            for item in items(values, 0)?.iter() {
                let item = evaluator.known(item.clone());
                sum += item.data.as_number().ok_or_else(|| stop(&item))?;
            }
            sum
        }
        "range" => {
            let (start, end) = match values.len() {
                1 => (0.0, number(0)?),
                _ => (number(0)?, number(1)?),
            };
            let step = match values.len() {
                3 => number(2)?,
                _ if end < start => -1.0,
                _ => 1.0,
            };
            let count = ((end - start) / step).ceil();
            if !count.is_finite() || count > MOST as f64 {
                return Err(Stop::Failed);
            }
            if !evaluator.spend(count.max(0.0) as u64, span) {
                return Err(Stop::Unknown);
            }
            let all = (0..count.max(0.0) as usize)
                .map(|at| Val::new(Data::Number(start + step * at as f64), span));
            return Ok(Data::List(all.collect()));
        }
        _ => return Err(Stop::Unknown),
    };
    if value.is_finite() {
        Ok(Data::Number(value))
    } else {
        Err(Stop::Failed)
    }
}

fn of_collections<'t>(evaluator: &Evaluator<'t>, name: &str, values: &[Val], span: Span) -> Answer {
    let first = || values.first().ok_or(Stop::Failed);
    match name {
        "merge" => {
            let mut all = Members::new();
            for value in values {
                match &value.data {
                    Data::Null => {}
                    Data::Object(members) => {
                        for (name, member) in members.iter() {
                            all.insert(name.clone(), member.clone());
                        }
                    }
                    _ => return Err(stop(value)),
                }
            }
            Ok(Data::Object(Rc::new(all)))
        }
        "lookup" => {
            let name = text(values, 1)?;
            match (object(values, 0)?.get(&name), values.get(2)) {
                (Some(member), _) => Ok(member.value.data.clone()),
                (None, Some(default)) => Ok(default.data.clone()),
                (None, None) => Err(Stop::Failed),
            }
        }
        "keys" => {
            let keys = object(values, 0)?.iter();
            let keys = keys.map(|(key, of)| Val::new(Data::Text(key.clone()), of.name));
            Ok(Data::List(keys.collect()))
        }
        "values" => {
            let members = object(values, 0)?.values();
            Ok(Data::List(
                members.map(|member| member.value.clone()).collect(),
            ))
        }
        "zipmap" => {
            let (keys, of) = (texts(evaluator, items(values, 0)?)?, items(values, 1)?);
            if keys.len() != of.len() {
                return Err(Stop::Failed);
            }
            let members = keys.into_iter().zip(of.iter()).map(|(key, value)| {
                let value = value.clone();
                (
                    key,
                    Member {
                        name: value.span,
                        value,
                    },
                )
            });
            Ok(Data::Object(Rc::new(members.collect())))
        }
        "contains" => {
            let wanted = values.get(1).ok_or(Stop::Failed)?;
            let mut sure = true;
            for item in items(values, 0)?.iter() {
                match evaluator.equal(item, wanted) {
                    Some(true) => return Ok(Data::Bool(true)),
                    Some(false) => {}
                    None => sure = false,
                }
            }
            if sure {
                Ok(Data::Bool(false))
            } else {
                Err(Stop::Unknown)
            }
        }
        "index" => {
            let wanted = values.get(1).ok_or(Stop::Failed)?;
            for (at, item) in items(values, 0)?.iter().enumerate() {
                match evaluator.equal(item, wanted) {
                    Some(true) => return Ok(Data::Number(at as f64)),
                    Some(false) => {}
                    None => return Err(Stop::Unknown),
                }
            }
            Err(Stop::Failed)
        }
        "element" => {
            let items = items(values, 0)?;
            let at = number(values, 1)?;
            if items.is_empty() {
                return Err(Stop::Failed);
            }
            let at = (at as i64).rem_euclid(items.len() as i64);
            Ok(items[at as usize].data.clone())
        }
        "concat" => {
            let mut all = Vec::new();
            for at in 0..values.len() {
                all.extend(items(values, at)?.iter().cloned());
            }
            Ok(Data::List(all.into()))
        }
        // whatever could be said at once has been
        "coalesce" => {
            for value in values {
                match &value.data {
                    Data::Null => {}
                    Data::Text(text) if text.is_empty() => {}
                    Data::Parts(parts) => {
                        // a text with anything in it isn't empty
                        let literal =
                            |part: &Part| matches!(part, Part::Literal(text) if !text.is_empty());
                        return if parts.iter().any(literal) {
                            Ok(value.data.clone())
                        } else {
                            Err(Stop::Unknown)
                        };
                    }
                    Data::Unknown | Data::Input(_) => return Err(Stop::Unknown),
                    Data::Failed => return Err(Stop::Failed),
                    data => return Ok(data.clone()),
                }
            }
            Err(Stop::Failed)
        }
        "coalescelist" => {
            for at in 0..values.len() {
                let list = items(values, at)?;
                if !list.is_empty() {
                    return Ok(values[at].data.clone());
                }
            }
            Err(Stop::Failed)
        }
        "compact" => {
            let mut all = Vec::new();
            for item in items(values, 0)?.iter() {
                match &evaluator.known(item.clone()).data {
                    Data::Null => {}
                    Data::Text(text) if text.is_empty() => {}
                    // it may be empty, unless a resource says it
                    Data::Unknown | Data::Input(_) if !matches!(item.data, Data::Attribute(_)) => {
                        return Err(Stop::Unknown);
                    }
                    _ => all.push(item.clone()),
                }
            }
            Ok(Data::List(all.into()))
        }
        "distinct" | "toset" => distinct(evaluator, name, items(values, 0)?),
        "setunion" | "setintersection" | "setsubtract" => {
            let mut all = texts(evaluator, items(values, 0)?)?;
            for at in 1..values.len() {
                let other = texts(evaluator, items(values, at)?)?;
                match name {
                    "setunion" => all.extend(other),
                    "setintersection" => all.retain(|text| other.contains(text)),
                    _ => all.retain(|text| !other.contains(text)),
                }
            }
            let all = all.into_iter().map(|text| Val::new(Data::Text(text), span));
            Ok(set(all.collect()))
        }
        "setproduct" => {
            let mut rows: Vec<Vec<Val>> = vec![Vec::new()];
            for at in 0..values.len() {
                let items = items(values, at)?;
                let count = rows.len().saturating_mul(items.len());
                if !evaluator.spend((count * (at + 1)) as u64, span) {
                    return Err(Stop::Unknown);
                }
                let longer = |row: &Vec<Val>| -> Vec<Vec<Val>> {
                    let with = |item: &Val| row.iter().chain([item]).cloned().collect();
                    items.iter().map(with).collect()
                };
                rows = rows.iter().flat_map(longer).collect();
            }
            let rows = rows.into_iter();
            let rows = rows.map(|row| Val::new(Data::List(row.into()), span));
            Ok(Data::List(rows.collect()))
        }
        "flatten" => {
            let mut all = Vec::new();
            flatten(evaluator, items(values, 0)?, 0, &mut all)?;
            Ok(Data::List(all.into()))
        }
        "slice" => {
            let items = items(values, 0)?;
            let (start, end) = (number(values, 1)? as usize, number(values, 2)? as usize);
            let cut = items.get(start..end).ok_or(Stop::Failed)?;
            Ok(Data::List(cut.into()))
        }
        "chunklist" => {
            let size = number(values, 1)? as usize;
            if size == 0 {
                return Err(Stop::Failed);
            }
            let chunks = items(values, 0)?.chunks(size);
            let chunks = chunks.map(|chunk| Val::new(Data::List(chunk.into()), span));
            Ok(Data::List(chunks.collect()))
        }
        "one" => match &first()?.data {
            Data::Null => Ok(Data::Null),
            _ => match &**items(values, 0)? {
                [] => Ok(Data::Null),
                [only] => Ok(only.data.clone()),
                _ => Err(Stop::Failed),
            },
        },
        "reverse" => Ok(Data::List(
            items(values, 0)?.iter().rev().cloned().collect(),
        )),
        "sort" => {
            let mut all = texts(evaluator, items(values, 0)?)?;
            all.sort();
            let all = all.into_iter().map(|text| Val::new(Data::Text(text), span));
            Ok(Data::List(all.collect()))
        }
        "tolist" => match &first()?.data {
            Data::Null => Ok(Data::Null),
            _ => items(values, 0).map(|items| Data::List(alike(items.iter().cloned()).into())),
        },
        "tomap" => match &first()?.data {
            Data::Null => Ok(Data::Null),
            _ => {
                let members = object(values, 0)?;
                let of_one_kind = alike(members.values().map(|member| member.value.clone()));
                let named = members.iter().zip(of_one_kind);
                let named = named.map(|((name, member), value)| {
                    let member = Member {
                        name: member.name,
                        value,
                    };
                    (name.clone(), member)
                });
                Ok(Data::Object(Rc::new(named.collect())))
            }
        },
        "alltrue" | "anytrue" => {
            let decides = name == "anytrue";
            let mut sure = true;
            for item in items(values, 0)?.iter() {
                match evaluator.known(item.clone()).data.as_bool() {
                    Some(value) if value == decides => return Ok(Data::Bool(decides)),
                    Some(_) => {}
                    None => sure = false,
                }
            }
            if sure {
                Ok(Data::Bool(!decides))
            } else {
                Err(Stop::Unknown)
            }
        }
        _ => Err(Stop::Unknown),
    }
}

/// Values of one type: beside a text, numbers and booleans are texts.
fn alike(values: impl Iterator<Item = Val>) -> Vec<Val> {
    let values: Vec<Val> = values.collect();
    let is_text = |value: &Val| matches!(value.data, Data::Text(_) | Data::Parts(_));
    if !values.iter().any(is_text) {
        return values;
    }
    let text = |value: Val| match value.data.as_text() {
        Some(text) => value.replaced(Data::Text(text)),
        None => value,
    };
    values.into_iter().map(text).collect()
}

/// One of the parts of an IPv4 network.
fn subnet(network: &str, added: f64, number: f64) -> Result<String, Stop> {
    let (address, bits) = network.split_once('/').ok_or(Stop::Failed)?;
    // what isn't IPv4 is left alone
    let address: std::net::Ipv4Addr = address.parse().map_err(|_| Stop::Unknown)?;
    let bits: u32 = bits.parse().map_err(|_| Stop::Failed)?;
    let all = f64::from(bits) + added;
    if added < 0.0 || all > 32.0 || number < 0.0 || number >= 2_f64.powf(added) {
        return Err(Stop::Failed);
    }
    let (added, number) = (added as u32, number as u64);
    let kept = u64::from(u32::from(address)) >> (32 - bits) << (32 - bits);
    let part = kept | number << (32 - bits - added);
    let address = std::net::Ipv4Addr::from(part as u32);
    Ok(format!("{address}/{}", bits + added))
}

/// What stands in a list more than once, once.
fn distinct<'t>(evaluator: &Evaluator<'t>, name: &str, items: &[Val]) -> Answer {
    let known: Vec<Val> = items
        .iter()
        .map(|item| evaluator.known(item.clone()))
        .collect();
    let texts: Option<Vec<Rc<str>>> = known.iter().map(|item| item.data.as_text()).collect();
    match (texts, name) {
        (Some(_), "toset") => Ok(set(known)),
        (Some(texts), _) => {
            let mut seen = std::collections::BTreeSet::new();
            let once = texts.into_iter().zip(items);
            let once = once.filter(|(text, _)| seen.insert(text.clone()));
            Ok(Data::List(once.map(|(_, item)| item.clone()).collect()))
        }
        // references: the same one is the same text
        (None, _) if items.len() <= 1 => Ok(Data::Set(items.into())),
        (None, _) => Err(Stop::Unknown),
    }
}

fn flatten(
    evaluator: &Evaluator,
    items: &[Val],
    depth: u32,
    into: &mut Vec<Val>,
) -> Result<(), Stop> {
    for item in items {
        if depth > 64 || !evaluator.spend(1, item.span) {
            return Err(Stop::Unknown);
        }
        let known = evaluator.known(item.clone());
        match &known.data {
            Data::List(inner) | Data::Set(inner) => flatten(evaluator, inner, depth + 1, into)?,
            // it may be a list of anything
            Data::Unknown | Data::Input(_) if !matches!(item.data, Data::Attribute(_)) => {
                return Err(Stop::Unknown);
            }
            _ => into.push(item.clone()),
        }
    }
    Ok(())
}

fn to_json<'t>(evaluator: &Evaluator<'t>, value: &Val, depth: u32) -> Option<serde_json::Value> {
    use serde_json::Value;
    let value = evaluator.known(value.clone());
    if depth > 64 || !evaluator.spend(weight(&value.data), value.span) {
        return None;
    }
    Some(match &value.data {
        Data::Null => Value::Null,
        Data::Bool(value) => Value::Bool(*value),
        Data::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Value::from(*number as i64)
        }
        Data::Number(number) => Value::from(*number),
        Data::Text(text) => Value::from(&**text),
        Data::List(items) | Data::Set(items) => {
            let items = items.iter().map(|item| to_json(evaluator, item, depth + 1));
            Value::Array(items.collect::<Option<_>>()?)
        }
        Data::Object(members) => {
            let members = members.iter().map(|(name, member)| {
                let value = to_json(evaluator, &member.value, depth + 1)?;
                Some(((**name).to_owned(), value))
            });
            Value::Object(members.collect::<Option<_>>()?)
        }
        _ => return None,
    })
}
