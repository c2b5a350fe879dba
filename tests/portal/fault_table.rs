//! Checks `docs/faults.vi.md`, the table of faults that the portal tolerates: every row names tests, and every named
//! test exists.

use std::fs;

use crate::harness::root;

/// Returns the names of the tests in a module.
fn tests_in(module: &str) -> Vec<String> {
    let path = root().join(format!("tests/portal/{}.rs", module.replace("::", "/")));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{module}: {error}"));
    let names = text.split("#[test]\nfn ").skip(1).filter_map(|rest| rest.split('(').next());
    names.map(str::to_owned).collect()
}

#[test]
fn every_row_of_the_table_of_faults_stands_on_tests_that_exist() {
    let table = fs::read_to_string(root().join("docs/faults.vi.md")).unwrap();
    let is_row = |line: &&str| line.starts_with("| ") && !line.starts_with("| sự cố |");
    let rows: Vec<&str> = table.lines().filter(is_row).collect();
    assert!(rows.len() > 20, "the rows are not recognised: {rows:?}");
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [_, _, _, named] = cells[..] else { panic!("the row does not have four cells: {row}") };
        let tests: Vec<&str> = named.split('`').filter(|part| !part.trim().is_empty()).collect();
        assert!(!tests.is_empty(), "the row names no test: {row}");
        for test in tests {
            let (module, name) =
                test.rsplit_once("::").unwrap_or_else(|| panic!("not the path of a test: {test}"));
            assert!(tests_in(module).iter().any(|known| known == name), "there is no test {test}");
        }
    }
}
