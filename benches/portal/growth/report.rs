//! Prints the tables of results, and whether the target values are met.

use cong_core::vietnamese;

use super::measure::Measured;
use super::operations::Kind;
use crate::runtime::Operations;
use crate::states::{Rebuild, State};

/// The times of searches at all sizes are compared with those at the smallest size that has at least this number of
/// articles.
const SEARCH_BASE: u32 = 10_000;

pub fn print(states: &[State], measured: &[Measured]) {
    let sizes: Vec<Rebuild> = states.iter().map(|state| state.rebuild).collect();
    let bases = Bases::of(&sizes);
    let numbers: Vec<String> = sizes.iter().map(|size| grouped(size.articles)).collect();
    println!("\n## {} articles\n", numbers.join(" / "));
    print_operations(sizes.len(), bases, measured);
    println!("\n## The whole catalogue, built anew (measured when it was prepared)\n");
    print_rebuilds(&sizes);
    println!("\n## What is wanted\n");
    print_verdicts(&sizes, bases, measured);
}

/// The numbers of articles with which the other numbers are compared, as positions in the list of measured catalogues:
/// one for the times of pages and of the sync, one for the times of searches.
#[derive(Clone, Copy)]
struct Bases {
    page: usize,
    search: usize,
}

impl Bases {
    fn of(sizes: &[Rebuild]) -> Self {
        let search = sizes.iter().position(|size| size.articles >= SEARCH_BASE);
        Self { page: 0, search: search.unwrap_or(0) }
    }

    fn of_kind(self, kind: Kind) -> usize {
        if matches!(kind, Kind::Word | Kind::Search) { self.search } else { self.page }
    }
}

/// Prints a table with one line for each operation: its time, its time in D1 and the rows that it read for each size,
/// and all other figures for the largest size only.
fn print_operations(sizes: usize, bases: Bases, measured: &[Measured]) {
    println!(
        "| operation | ms | ratio | D1 ms | rows read | Worker ms | KV reads, lists, writes | D1 trips | rows written | kB |"
    );
    println!("|:--|:--|--:|:--|:--|--:|--:|--:|--:|--:|");
    let last = sizes - 1;
    for one in measured {
        let at_each =
            |cell: &dyn Fn(usize) -> String| (0..sizes).map(cell).collect::<Vec<_>>().join(" / ");
        let most = |count: fn(&Operations) -> u32| one.most(last, count);
        println!(
            "| {} | {} | {:.2} | {} | {} | {:.1} | {}, {}, {} | {} | {} | {:.1} |",
            one.name,
            at_each(&|size| format!("{:.1}", one.ms(size))),
            one.ratio(last, bases.of_kind(one.kind)),
            at_each(&|size| format!("{:.1}", one.d1_ms(size))),
            at_each(&|size| grouped(one.most(size, |operations| operations.rows_read))),
            one.worker_ms(last),
            most(|operations| operations.kv_reads),
            most(|operations| operations.kv_lists),
            most(|operations| operations.kv_writes),
            most(|operations| operations.d1_trips),
            most(|operations| operations.rows_written),
            one.bytes(last) as f64 / 1e3,
        );
    }
}

fn print_rebuilds(sizes: &[Rebuild]) {
    println!(
        "| articles | s | ms an article | Worker ms an article | D1 ms an article | rows written an article | documents, MB | catalogue, MB |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|");
    for size in sizes {
        let articles = f64::from(size.articles);
        println!(
            "| {} | {:.1} | {:.2} | {:.2} | {:.2} | {:.1} | {:.1} | {:.1} |",
            grouped(size.articles),
            size.seconds,
            size.seconds * 1e3 / articles,
            size.worker_seconds * 1e3 / articles,
            size.d1_seconds * 1e3 / articles,
            size.rows_written as f64 / articles,
            size.document_bytes as f64 / 1e6,
            size.catalogue_bytes as f64 / 1e6,
        );
    }
}

fn print_verdicts(sizes: &[Rebuild], bases: Bases, measured: &[Measured]) {
    let Some(last) = sizes.len().checked_sub(1) else { return };
    let of = |kinds: &'static [Kind]| measured.iter().filter(|one| kinds.contains(&one.kind));
    let articles = |size: usize| grouped(sizes[size].articles);
    const PAGES: &[Kind] = &[Kind::Home, Kind::Article, Kind::List];
    for one in of(PAGES) {
        let ratio = one.ratio(last, bases.page);
        let to = articles(bases.page);
        verdict(one.name, "times as long as at", &to, ratio, 1.2);
    }
    for one in of(&[Kind::Word, Kind::Search]) {
        let ratio = one.ratio(last, bases.search);
        let to = articles(bases.search);
        verdict(one.name, "times as long as at", &to, ratio, 3.0);
    }
    let worst = of(&[Kind::Word]).max_by(|a, b| a.d1_ms(last).total_cmp(&b.d1_ms(last)));
    if let Some(worst) = worst {
        verdict(worst.name, "ms of D1 at", &articles(last), worst.d1_ms(last), 20.0);
    }
    for (kind, wanted) in [(Kind::Home, 0.0), (Kind::Article, 1.0), (Kind::List, 2.0)] {
        let trips = measured.iter().filter(|one| one.kind == kind);
        let most = trips.map(|one| one.most(last, |operations| operations.d1_trips)).max();
        let name = format!("{kind:?}").to_lowercase();
        verdict(&name, "trips to D1 at", &articles(last), most.unwrap_or_default().into(), wanted);
    }
}

fn verdict(name: &str, what: &str, size: &str, value: f64, wanted: f64) {
    let mark = if value <= wanted { "✓" } else { "✗" };
    println!("{mark} {name}: {value:.2} {what} {size}; wanted: at most {wanted}");
}

/// Writes a number with commas as thousands separators, because the report is in English.
fn grouped(number: u32) -> String {
    vietnamese::grouped(number as usize).replace('.', ",")
}
