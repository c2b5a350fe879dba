//! Joins the cells of a table: finds how many columns and rows each cell covers.

use super::problem::Cause;

/// The maximum number of columns that a cell covers (HTML, 4.9.11).
const MAX_COLUMNS: usize = 1_000;

/// A cell in the Markdown of a table: a cell of its own, or an extension of another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceCell {
    Own,
    /// `||`: a part of the cell on the left.
    ExtendsLeft,
    /// `^^`: a part of the cell above.
    ExtendsAbove,
}

/// The area of a cell, in the rows and columns of the page. The page leaves out a row or column in which no cell
/// begins, because HTML does not allow one (4.9.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellArea {
    pub columns: usize,
    pub rows: usize,
    /// Whether the cell is the header of a column group.
    pub heads_group: bool,
}

impl CellArea {
    pub const SINGLE: Self = Self { columns: 1, rows: 1, heads_group: false };
}

#[derive(Debug, Default)]
pub struct TableLayout {
    /// The areas of the cells, row by row; `None` for a part of another cell.
    pub areas: Vec<Option<CellArea>>,
    /// The numbers of columns of the column groups; empty if no header covers several columns. Adjacent columns
    /// without such a header are one group.
    pub groups: Vec<usize>,
    /// The cells that cannot be joined as written, by their index in `areas`, with the reason.
    pub faults: Vec<(usize, Cause)>,
    columns: usize,
}

/// The cell that covers a column.
#[derive(Clone, Copy)]
struct Cover {
    /// The index of the cell.
    cell: usize,
    column: usize,
    columns: usize,
}

impl TableLayout {
    /// Lays out a table whose rows all have `columns` cells. A cell that cannot be joined as written is a cell of its
    /// own. Takes time linear in the number of cells.
    pub fn of(cells: &[SourceCell], columns: usize, header_rows: usize) -> Self {
        let mut layout = Self { areas: vec![None; cells.len()], columns, ..Self::default() };
        let mut above: Vec<Option<Cover>> = vec![None; columns];
        for (index, row) in cells.chunks(columns.max(1)).enumerate() {
            // A cell does not extend from the header into the body (HTML, 4.9.12).
            if index == header_rows {
                above.fill(None);
            }
            layout.join(row, index * columns, &mut above);
        }
        if cells.contains(&SourceCell::ExtendsLeft) {
            let groups = layout.find_groups(header_rows);
            layout.leave_out_columns(&groups);
        }
        if cells.contains(&SourceCell::ExtendsAbove) {
            layout.leave_out_rows();
        }
        layout
    }

    /// Lays out a row, whose first cell has the index `start`. `above` has the covers of the row above, and gets those
    /// of this row.
    fn join(&mut self, row: &[SourceCell], start: usize, above: &mut [Option<Cover>]) {
        let mut column = 0;
        while let Some((cell, rest)) = row.get(column..).and_then(<[_]>::split_first) {
            let extends = |cell: &&SourceCell| **cell == SourceCell::ExtendsLeft;
            let columns = 1 + rest.iter().take(MAX_COLUMNS - 1).take_while(extends).count();
            let here = Cover { cell: start + column, column, columns };
            let over = above.get(column).copied().flatten();
            let (cover, fault) = match (cell, over) {
                (SourceCell::ExtendsLeft, _) if column == 0 => (here, Some(Cause::NothingLeft)),
                (SourceCell::ExtendsAbove, None) => (here, Some(Cause::NothingAbove)),
                (SourceCell::ExtendsAbove, Some(over)) => {
                    let is_same = (over.column, over.columns) == (column, columns);
                    if is_same { (over, None) } else { (here, Some(Cause::OtherColumns)) }
                }
                _ => (here, None),
            };
            self.faults.extend(fault.map(|fault| (here.cell, fault)));
            if let Some(area) = self.areas.get_mut(cover.cell) {
                let area = area.get_or_insert(CellArea { columns, rows: 0, heads_group: false });
                area.rows += 1;
            }
            if let Some(covered) = above.get_mut(column..column + columns) {
                covered.fill(Some(cover));
            }
            column += columns;
        }
    }

    /// Finds the column groups. Each header cell that covers several columns makes a group of them, unless another
    /// group already has one of these columns, because HTML has no groups within groups. Returns for each column the
    /// number of columns of the group that begins there, or 1.
    fn find_groups(&mut self, header_rows: usize) -> Vec<usize> {
        let mut groups = vec![1; self.columns];
        let mut is_taken = vec![false; self.columns];
        let header = self.areas.iter_mut().take(header_rows * self.columns).enumerate();
        for (index, area) in header {
            let Some(area) = area.as_mut().filter(|area| area.columns > 1) else { continue };
            let column = index % self.columns;
            if let Some(taken) = is_taken.get_mut(column..column + area.columns)
                && let Some(group) = groups.get_mut(column)
                && !taken.contains(&true)
            {
                taken.fill(true);
                *group = area.columns;
                area.heads_group = true;
            }
        }
        groups
    }

    /// Leaves out the columns in which no cell begins, and sets `groups` if a header cell still covers several columns.
    fn leave_out_columns(&mut self, groups: &[usize]) {
        let mut begins = vec![false; self.columns];
        for row in self.areas.chunks(self.columns.max(1)) {
            for (begins, area) in begins.iter_mut().zip(row) {
                *begins |= area.is_some();
            }
        }
        let before = counts_before(&begins);
        for row in self.areas.chunks_mut(self.columns.max(1)) {
            for (column, area) in row.iter_mut().enumerate() {
                if let Some(area) = area {
                    area.columns = count_in(&before, column, area.columns);
                    area.heads_group &= area.columns > 1;
                }
            }
        }
        if self.areas.iter().flatten().any(|area| area.heads_group) {
            let (mut column, mut without_group) = (0, 0);
            while let Some(&columns) = groups.get(column) {
                let count = count_in(&before, column, columns);
                if columns > 1 {
                    self.groups.extend([without_group, count]);
                    without_group = 0;
                } else {
                    without_group += count;
                }
                column += columns;
            }
            self.groups.push(without_group);
            self.groups.retain(|columns| *columns > 0);
        }
    }

    /// Leaves out the rows in which no cell begins.
    fn leave_out_rows(&mut self) {
        let rows = self.areas.chunks(self.columns.max(1));
        let before =
            counts_before(&rows.map(|row| row.iter().any(Option::is_some)).collect::<Vec<_>>());
        for (row, areas) in self.areas.chunks_mut(self.columns.max(1)).enumerate() {
            for area in areas.iter_mut().flatten() {
                area.rows = count_in(&before, row, area.rows);
            }
        }
    }
}

/// Returns the number of marks set before each position, and at the end the number of all marks set.
fn counts_before(marks: &[bool]) -> Vec<usize> {
    let counts = marks.iter().scan(0, |count, mark| {
        *count += usize::from(*mark);
        Some(*count)
    });
    std::iter::once(0).chain(counts).collect()
}

/// Returns the number of marks set among `count` positions from `start`. `before` comes from [`counts_before`].
fn count_in(before: &[usize], start: usize, count: usize) -> usize {
    let at = |place: usize| before.get(place).copied().unwrap_or_default();
    at(start + count).saturating_sub(at(start))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Lays out a table that is written with `a` for a cell of its own, `<` for `||` and `^` for `^^`.
    fn layout(rows: &[&str], header_rows: usize) -> TableLayout {
        let cells: Vec<_> = rows.iter().flat_map(|row| row.chars()).map(source_cell).collect();
        TableLayout::of(&cells, rows[0].len(), header_rows)
    }

    fn source_cell(sign: char) -> SourceCell {
        match sign {
            '<' => SourceCell::ExtendsLeft,
            '^' => SourceCell::ExtendsAbove,
            _ => SourceCell::Own,
        }
    }

    /// Returns the numbers of columns and rows that each cell covers.
    fn areas(layout: &TableLayout) -> Vec<(usize, usize)> {
        layout.areas.iter().flatten().map(|area| (area.columns, area.rows)).collect()
    }

    #[test]
    fn cells_cover_columns_and_rows() {
        let found = layout(&["aaa<", "^aaa", "aaaa"], 2);
        assert_eq!(areas(&found)[..4], [(1, 2), (1, 1), (2, 1), (1, 1)]);
        assert_eq!(found.groups, [2, 2]);
        let found = layout(&["aaa", "a<a", "^<a", "^<a", "aaa"], 1);
        assert_eq!(areas(&found)[3..5], [(2, 3), (1, 1)]);
        assert!(found.faults.is_empty() && found.groups.is_empty());
    }

    #[test]
    fn cells_without_a_neighbour_to_extend_are_their_own() {
        for (rows, faults) in [
            (&["aaa", "<aa"][..], vec![(3, Cause::NothingLeft)]),
            (&["^aa", "aaa"], vec![(0, Cause::NothingAbove)]),
            (&["aaa", "^aa"], vec![(3, Cause::NothingAbove)]),
            (&["aaa", "a<a", "^aa"], vec![(6, Cause::OtherColumns)]),
            (&["aaa", "aaa", "^<a"], vec![(6, Cause::OtherColumns)]),
            (&["aaa", "a<a", "a^a"], vec![(7, Cause::OtherColumns)]),
            (&["aaa", "a<a", "^^a"], vec![(6, Cause::OtherColumns), (7, Cause::OtherColumns)]),
        ] {
            let found = layout(rows, 1);
            assert_eq!(found.faults, faults, "{rows:?}");
            assert!(faults.iter().all(|(cell, _)| found.areas[*cell].is_some()), "{rows:?}");
        }
    }

    #[test]
    fn rows_and_columns_in_which_no_cell_begins_are_left_out() {
        assert_eq!(areas(&layout(&["aa", "aa", "^^", "aa"], 1)), [(1, 1); 6]);
        assert_eq!(areas(&layout(&["aa", "aa", "^^", "^a"], 1))[2..], [(1, 2), (1, 1), (1, 1)]);
        let found = layout(&["a<a", "a<a"], 1);
        assert_eq!((areas(&found), found.groups), (vec![(1, 1); 4], vec![]));
        let found = layout(&["a<<a<", "a<aaa"], 1);
        assert_eq!(areas(&found)[..2], [(2, 1), (2, 1)]);
        assert_eq!(found.groups, [2, 2]);
    }

    #[test]
    fn headers_within_a_group_are_headers_of_columns() {
        let found = layout(&["aa<<<", "^a<a<", "^aaaa", "aaaaa"], 3);
        let heads: Vec<_> = found.areas.iter().flatten().map(|area| area.heads_group).collect();
        assert_eq!(heads[..5], [false, true, false, false, false]);
        assert_eq!(found.groups, [1, 4]);
    }

    #[test]
    fn a_cell_covers_no_more_columns_than_html_allows() {
        let row = format!("a{}", "<".repeat(2_499));
        let found = layout(&[&row, &"a".repeat(2_500)], 1);
        assert_eq!(areas(&found)[..3], [(1_000, 1), (1_000, 1), (500, 1)]);
    }

    proptest! {
        #[test]
        fn cells_cover_each_place_of_the_page_once(
            columns in 1..6_usize, header_rows in 1..3_usize, signs in "[a<^]{2,40}"
        ) {
            let cells: Vec<_> = signs.chars().map(source_cell).collect();
            let cells = &cells[..cells.len() / columns * columns];
            let found = TableLayout::of(cells, columns, header_rows);
            // The rows and columns of the page are those in which a cell begins.
            let rows: Vec<_> = found.areas.chunks(columns).enumerate().collect();
            let kept: Vec<_> = rows.iter().filter(|(_, row)| row.iter().any(Option::is_some)).collect();
            let is_kept = |column: usize| rows.iter().any(|(_, row)| row[column].is_some());
            let width = (0..columns).filter(|column| is_kept(*column)).count();
            prop_assert!(found.groups.is_empty() || found.groups.iter().sum::<usize>() == width);
            // Place the cells as HTML does: each in the first free place of its row.
            let mut covered = vec![vec![0; width]; kept.len()];
            for (y, (index, row)) in kept.iter().enumerate() {
                let mut x = 0;
                for area in row.iter().flatten() {
                    while covered[y][x] > 0 {
                        x += 1;
                    }
                    for line in &mut covered[y..y + area.rows] {
                        line[x..x + area.columns].iter_mut().for_each(|place| *place += 1);
                    }
                    let last = kept[y + area.rows - 1].0;
                    prop_assert!(*index >= header_rows || last < header_rows);
                }
            }
            prop_assert!(covered.iter().flatten().all(|count| *count == 1), "{:?}", covered);
        }
    }
}
