//! Parses dates and times as Vietnamese pages write them: `05/07/2019 09:30:33`, `Thứ sáu, 05/7/2019 | 09:30 (GMT+7)`
//! (Friday), `9 giờ 30 ngày 5 tháng 7 năm 2019` (9:30 on 5 July 2019), `05/07/2019 9:30:33 CH` (p.m.). The day comes
//! before the month.

use cong_core::vietnamese::{Timestamp, WrittenTime, fold};

/// The maximum distance between a date and its time of day, in bytes. A time of day farther away does not belong to the
/// date.
const NEAR: usize = 25;

/// Returns the first date in a text, with the time of day next to it, or 0:00 if there is none.
pub fn find(text: &str) -> Option<Timestamp> {
    let text = with_numbers(fold(&cong_core::vietnamese::single_line(text)));
    if let Some(instant) = written(&text) {
        return Some(instant);
    }
    let numbers = numbers(&text);
    let (order, start, end) = numbers.windows(3).find_map(|three| date(&text, three))?;
    let time = times(&text, &numbers)
        .filter(|time| {
            time.start >= end && time.start - end <= NEAR
                || time.end <= start && start - time.end <= NEAR
        })
        .min_by_key(|time| if time.start >= end { time.start - end } else { start - time.end });
    let is_american = time.as_ref().is_some_and(|time| time.is_american);
    let date = order.in_order(is_american);
    let clock = time.map_or("00:00:00".to_owned(), |time| time.clock);
    WrittenTime::parse(&format!("{date}T{clock}")).map(WrittenTime::start)
}

/// Replaces names of months by numbers: `thang tu` (April) becomes `thang 4`. `text` is in lower case without accents.
fn with_numbers(text: String) -> String {
    const MONTHS: [&str; 12] = [
        "gieng", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot",
        "muoi hai",
    ];
    if !text.contains("thang ") {
        return text;
    }
    // Longer names come first: "muoi" is a prefix of "muoi hai".
    MONTHS.iter().enumerate().rev().fold(text, |text, (index, month)| {
        text.replace(&format!("thang {month} "), &format!("thang {} ", index + 1))
    })
}

/// Parses a time in ISO 8601 form that begins at the first digit of the text, with or without an offset from UTC.
fn written(text: &str) -> Option<Timestamp> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let rest = text.get(at..)?.to_uppercase();
    let length =
        rest.find(|c: char| !(c.is_ascii_digit() || "-:T.Z+".contains(c))).unwrap_or(rest.len());
    let whole = rest.get(..length)?;
    // The offset from UTC may be written without a colon.
    let mended = match whole.rsplit_once(['+', '-']) {
        Some((_, offset)) if offset.len() == 4 && whole.contains('T') => {
            let (hours, minutes) = whole.split_at(whole.len() - 2);
            format!("{hours}:{minutes}")
        }
        _ => whole.to_owned(),
    };
    let is_machine = mended.get(4..5) == Some("-") && mended.contains('T');
    is_machine.then(|| WrittenTime::parse(&mended))?.map(WrittenTime::start)
}

struct FoundNumber {
    value: u32,
    start: usize,
    end: usize,
}

fn numbers(text: &str) -> Vec<FoundNumber> {
    let mut numbers = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_ascii_digit(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                if let Ok(value) = text[from..at].parse() {
                    numbers.push(FoundNumber { value, start: from, end: at });
                }
                start = None;
            }
            _ => {}
        }
    }
    numbers
}

/// A date in which the day and the month may still have to be swapped.
struct DateFields {
    year: u32,
    month: u32,
    day: u32,
    /// Whether `month` and `day` may be swapped, because the text does not show which is which: they are separated by
    /// slashes, both are at most 12, and neither is written with a leading zero.
    is_open: bool,
}

impl DateFields {
    fn in_order(&self, is_american: bool) -> String {
        let (month, day) = if is_american && self.is_open {
            (self.day, self.month)
        } else {
            (self.month, self.day)
        };
        format!("{:04}-{month:02}-{day:02}", self.year)
    }
}

/// Parses three neighbouring numbers as a date. Returns the date, and the byte offsets of its beginning and end in
/// `text`.
fn date(text: &str, three: &[FoundNumber]) -> Option<(DateFields, usize, usize)> {
    let [a, b, c] = three else { return None };
    let between = |x: &FoundNumber, y: &FoundNumber| {
        text.get(x.end..y.start).unwrap_or_default().trim().to_owned()
    };
    let (first, second) = (between(a, b), between(b, c));
    let is_numeric = first == second && matches!(first.as_str(), "/" | "-" | ".");
    let is_in_words = matches!(first.as_str(), "thang" | ", thang")
        && matches!(second.as_str(), "" | "nam" | "," | ", nam" | "/");
    let (year, month, day) = if is_numeric && (1990..=2100).contains(&a.value) {
        (a.value, b.value, c.value)
    } else if is_numeric || is_in_words {
        // The second number is the day only if it cannot be a month.
        if b.value > 12 && a.value <= 12 {
            (c.value, a.value, b.value)
        } else {
            (c.value, b.value, a.value)
        }
    } else {
        return None;
    };
    if !(1990..=2100).contains(&year) {
        return None;
    }
    let is_padded =
        |number: &FoundNumber| text.get(number.start..).is_some_and(|at| at.starts_with('0'));
    let is_open = first == "/" && day == a.value && day <= 12 && !is_padded(a) && !is_padded(b);
    let order = DateFields { year, month, day, is_open };
    WrittenTime::parse(&order.in_order(false))?;
    Some((order, a.start, c.end))
}

struct ClockTime {
    clock: String,
    /// Whether the time is written as in the United States, such as `8:05:00 AM`. In dates beside such a time, the
    /// month comes before the day.
    is_american: bool,
    start: usize,
    end: usize,
}

fn times<'a>(text: &'a str, numbers: &'a [FoundNumber]) -> impl Iterator<Item = ClockTime> + 'a {
    (0..numbers.len().saturating_sub(1)).filter_map(|index| {
        let (hour, minute) = (&numbers[index], &numbers[index + 1]);
        let between = text.get(hour.end..minute.start)?.trim();
        if !matches!(between, ":" | "h" | "g" | "gio" | "h:" | "gio:")
            || hour.value > 23
            || minute.value > 59
        {
            return None;
        }
        let second = numbers
            .get(index + 2)
            .filter(|s| text.get(minute.end..s.start) == Some(":") && s.value < 60);
        let end = second.map_or(minute.end, |second| second.end);
        let after = text.get(end..).unwrap_or_default().trim_start();
        let is = |marks: [&str; 2]| {
            marks.iter().any(|mark| {
                after
                    .strip_prefix(mark)
                    .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
            })
        };
        let value = match hour.value {
            12 if is(["sa", "am"]) => 0,
            hour if hour < 12 && is(["ch", "pm"]) => hour + 12,
            hour => hour,
        };
        let clock = format!(
            "{value:02}:{:02}:{:02}",
            minute.value,
            second.map_or(0, |second| second.value)
        );
        let is_american = second.is_some()
            && hour.value < 10
            && is(["am", "pm"])
            && !text[hour.start..].starts_with('0');
        Some(ClockTime { clock, is_american, start: hour.start, end })
    })
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn moments_are_read_as_pages_write_them() {
        for (text, expected) in [
            ("Cập nhật lúc 05/07/2019 09:30:33", "05/07/2019 09:30:33"),
            ("Thứ sáu, 05/7/2019 | 09:30 (GMT+7)", "05/07/2019 09:30:00"),
            ("Ngày đăng: 5-7-2019", "05/07/2019 00:00:00"),
            ("05/07/2019 9:30:33 SA", "05/07/2019 09:30:33"),
            ("05/07/2019 9:30:33 CH", "05/07/2019 21:30:33"),
            ("05/07/2019 12:05:00 SA", "05/07/2019 00:05:00"),
            ("7/25/2019 9:30:33 PM", "25/07/2019 21:30:33"),
            ("09:30 | 05/07/2019", "05/07/2019 09:30:00"),
            ("lúc 9 giờ 30, ngày 5 tháng 7 năm 2019", "05/07/2019 09:30:00"),
            ("9h30 05.07.2019", "05/07/2019 09:30:00"),
            ("Thứ Sáu, ngày 05 tháng 7, 2019", "05/07/2019 00:00:00"),
            ("2019-07-05T02:30:33Z", "05/07/2019 09:30:33"),
            ("2019-07-05T09:30:33+0700", "05/07/2019 09:30:33"),
            ("2019-07-05 09:30:33", "05/07/2019 09:30:33"),
            ("2019-07-05T09:30:33", "05/07/2019 09:30:33"),
            ("Lượt xem: 1234 | 05/07/2019 10:00", "05/07/2019 10:00:00"),
            ("Thứ tư, 15 Tháng 9 2010 08:45", "15/09/2010 08:45:00"),
            ("Thứ Hai, 07 Tháng Chín 2009", "07/09/2009 00:00:00"),
            ("ngày 5 tháng mười hai năm 2009", "05/12/2009 00:00:00"),
            ("9/7/2009 8:05:00 AM", "07/09/2009 08:05:00"),
            ("09/07/2009 8:05:00 AM", "09/07/2009 08:05:00"),
            ("9/7/2009 8:05 AM", "09/07/2009 08:05:00"),
            ("9/7/2009 8:05:00 SA", "09/07/2009 08:05:00"),
        ] {
            assert_eq!(
                find(text).map(cong_core::vietnamese::Timestamp::date_time).as_deref(),
                Some(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "27/QĐ-UBND",
            "31/02/2019",
            "1.234.567",
            "0203 123 456",
            "12/2019",
            "99999999999999/1/2019",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
