//! Tests that all dependencies have exact versions and checksums, and come only from the registries. Licences, bans and
//! known vulnerabilities of crates are checked by `cargo deny`, which `.ci/run` runs.

use std::fs;

use serde_json::Value;

use crate::harness::root;

fn toml(file: &str) -> toml::Table {
    fs::read_to_string(root().join(file)).unwrap().parse().unwrap()
}

fn json(file: &str) -> Value {
    serde_json::from_slice(&fs::read(root().join(file)).unwrap()).unwrap()
}

/// Whether the version is exact: three numbers without an operator.
fn is_exact(version: &str) -> bool {
    let numbers: Vec<_> = version.split('.').collect();
    let is_number =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    numbers.len() == 3 && numbers.iter().all(is_number)
}

#[test]
fn npm_packages_are_pinned_to_exact_versions() {
    let (package, lock) = (json("package.json"), json("package-lock.json"));
    let mut pinned = 0;
    for group in ["dependencies", "devDependencies", "optionalDependencies"] {
        for (name, version) in package[group].as_object().into_iter().flatten() {
            let version = version.as_str().unwrap();
            assert!(is_exact(version), "{name}: {version}");
            let locked = &lock["packages"][format!("node_modules/{name}")]["version"];
            assert_eq!(locked, version, "{name} in package-lock.json");
            pinned += 1;
        }
    }
    assert!(pinned > 0);
}

#[test]
fn every_npm_package_has_an_integrity_checksum() {
    let lock = json("package-lock.json");
    for (path, package) in
        lock["packages"].as_object().unwrap().iter().filter(|(path, _)| !path.is_empty())
    {
        let integrity = package["integrity"].as_str().unwrap_or_default();
        assert!(integrity.starts_with("sha512-") && integrity.len() > 80, "{path}: {integrity}");
        // The package comes from the registry, not from a repository, a folder or an address.
        assert_eq!(
            (&package["resolved"], &package["link"]),
            (&Value::Null, &Value::Null),
            "{path}"
        );
    }
}

#[test]
fn every_crate_has_a_checksum() {
    for file in ["Cargo.lock", "fuzz/Cargo.lock"] {
        for package in toml(file)["package"].as_array().unwrap() {
            let name = package["name"].as_str().unwrap();
            if name == "cong" || name.starts_with("cong-") {
                continue;
            }
            let checksum = package.get("checksum").and_then(|checksum| checksum.as_str());
            assert_eq!(checksum.map(str::len), Some(64), "{name} in {file}");
        }
    }
}

#[test]
fn the_one_accepted_advisory_does_not_affect_the_worker() {
    let deny = toml("deny.toml");
    let accepted = deny["advisories"]["ignore"].as_array().unwrap();
    let ids: Vec<_> = accepted.iter().map(|advisory| advisory["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["RUSTSEC-2023-0071"]);
    assert!(!accepted[0]["reason"].as_str().unwrap().is_empty());
    let manifest = toml("Cargo.toml");
    assert!(!manifest["dependencies"].as_table().unwrap().contains_key("rsa"));
    let lock = toml("Cargo.lock");
    let depends = |package: &&toml::Value| {
        let dependencies = package.get("dependencies").and_then(|all| all.as_array());
        dependencies.into_iter().flatten().any(|name| name.as_str() == Some("rsa"))
    };
    let packages = lock["package"].as_array().unwrap().iter().filter(depends);
    let names: Vec<_> = packages.map(|package| package["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["cong"], "another package depends on rsa");
}
