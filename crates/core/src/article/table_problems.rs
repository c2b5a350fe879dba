//! Finds the cells and rows of tables that the page does not show as written.

use super::body_source::BodySource;
use super::limits::MAX_PROBLEMS;
use super::placed::Placed;
use super::problem::Cause;
use super::table_events::JoinedEvents;
use super::table_lines::TableLines;
use crate::order::sort_by_key;

/// The problems of the tables in a body, in the order of the text, but at most `MAX_PROBLEMS`. Parses the body only if
/// a table may have a problem.
pub fn table_problems(body: &str) -> Vec<Placed<Cause>> {
    let TableLines { mut headers, has_long_row } = TableLines::of(body, true);
    headers.retain(|header| header.rows.len() > 1 || header.uneven_row(body).is_some());
    let (source, mut found) = BodySource::with_headers(body, &headers);
    if has_long_row || source.may_join_cells {
        let mut events = JoinedEvents::of(&source);
        events.by_ref().for_each(drop);
        let in_body = |(cause, range)| (cause, source.in_body(range));
        found.extend(events.faults.into_iter().map(in_body));
    }
    sort_by_key(&mut found, |(_, range)| range.start);
    found.truncate(MAX_PROBLEMS);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::outline;

    fn found(body: &str) -> Vec<(Cause, &str)> {
        table_problems(body).into_iter().map(|(cause, range)| (cause, body[range].trim())).collect()
    }

    #[test]
    fn cells_and_rows_that_are_not_shown_as_written_have_their_place() {
        for (body, problems) in [
            ("|a|b|\n|-|-|\n|| 1 |\n", vec![(Cause::NothingLeft, "")]),
            ("|a|b|\n|-|-|\n| ^^ | 1 |\n", vec![(Cause::NothingAbove, "^^")]),
            ("|a|b|\n|-|-|\n| 1 ||\n|^^|2|\n", vec![(Cause::OtherColumns, "^^")]),
            ("|a|b|\n|-|-|\n| 1 |||\n", vec![(Cause::LongRow { cells: 3, columns: 2 }, "| 1 |||")]),
            (
                "| a ||\n| b | c | d |\n|-|-|\n",
                vec![(Cause::HeaderCells { cells: 3, columns: 2 }, "| b | c | d |")],
            ),
            ("| a |\n|-|-|\n", vec![(Cause::HeaderCells { cells: 1, columns: 2 }, "| a |")]),
            ("| a ||\n | b | c |\n|-|-|\n", vec![(Cause::HeaderIndent, "| a ||")]),
            // The delimiter row of this table is moved for the parser.
            (
                "| a ||\n| ^^ | c |\n|| d |\n|-|-|\n| ^^ ||\n",
                vec![
                    (Cause::OtherColumns, "^^"),
                    (Cause::NothingLeft, ""),
                    (Cause::NothingAbove, "^^"),
                ],
            ),
            ("```\n| a |\n| b |\n|-|-|\n```\n\n| a || ^^\n", vec![]),
            ("|a|b|\n|-|-|\n| 1 | 2 |\n| ^^ ||\n", vec![(Cause::OtherColumns, "^^")]),
        ] {
            assert_eq!(found(body), problems, "{body}");
        }
        let many = format!("|a|b|\n|-|-|\n{}", "|| 1 |\n".repeat(200));
        assert_eq!(table_problems(&many).len(), MAX_PROBLEMS);
    }

    #[test]
    fn places_in_headers_of_several_rows_are_those_of_the_body() {
        let body =
            "| [a](/a) ||\n| [b](/b) | [c](/c) |\n| ^^ | [d](/d) |\n|---|---|\n| [e](/e) | f |\n";
        let links: Vec<_> = outline(body).into_iter().map(|(_, range)| &body[range]).collect();
        assert_eq!(links, ["[a](/a)", "[b](/b)", "[c](/c)", "[d](/d)", "[e](/e)"]);
    }
}
