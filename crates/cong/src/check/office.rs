//! The settings in wrangler.toml that the checks of documents use.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use cong_core::article::DocumentRules;
use cong_core::periods::MinimumPeriod;
use toml::de::{DeTable, DeValue};

use super::finding::{Finding, Severity};
use crate::language::{cannot_read, say};

/// The settings in `[vars]` of wrangler.toml, and the problems with them.
#[derive(Debug, Default)]
pub struct Office {
    pub rules: DocumentRules,
    /// Scheme and host of the portal, without a slash at the end; empty if not set.
    pub base_url: String,
    /// The folder of static files, which are served directly, without the Worker.
    pub static_files: PathBuf,
    /// Problems with the settings themselves, not with documents.
    pub findings: Vec<Finding>,
}

impl Office {
    /// Reads wrangler.toml in the root of the repository.
    ///
    /// # Errors
    /// The file cannot be read, or is not valid TOML.
    pub fn read(root: &Path) -> Result<Self> {
        let path = root.join("wrangler.toml");
        let text = fs::read_to_string(&path).with_context(|| cannot_read(&path))?;
        let mut office = Self::of_settings(&text, &path)?;
        office.static_files = root.join("static");
        Ok(office)
    }

    fn of_settings(text: &str, path: &Path) -> Result<Self> {
        let settings = DeTable::parse(text).map_err(|error| {
            anyhow!(say!("{} không đúng cú pháp: {}", "{} is no TOML: {}", path.display(), error))
        })?;
        let vars = settings.get_ref().get("vars").and_then(|vars| match vars.get_ref() {
            DeValue::Table(vars) => Some(vars),
            _ => None,
        });
        let filled = |name: &str| {
            let value = vars.and_then(|vars| vars.get(name)).map(|value| value.get_ref());
            let text = value.and_then(|value| value.as_str()).map(str::trim).unwrap_or_default();
            (!text.is_empty()).then(|| text.to_owned())
        };
        let mut findings = Vec::new();
        let mut wrong = |message: String, hint: String| {
            let code = "setting";
            let finding = Finding::of_file(Severity::Error, code, path, message).with_hint(hint);
            findings.push(finding);
        };
        let consultation = filled("CONSULTATION_PERIOD").and_then(|setting| {
            let period = MinimumPeriod::parse(&setting);
            if period.is_none() {
                wrong(
                    say!(
                        "CONSULTATION_PERIOD không phải thời hạn: {}",
                        "CONSULTATION_PERIOD is no period: {}",
                        setting
                    ),
                    say!(
                        "viết số ngày rồi căn cứ: \"20 ngày; Luật …\"",
                        "write the days, then the rule: \"20 ngày; Luật …\""
                    ),
                );
            }
            period
        });
        if filled("BODY_NAME").is_none() {
            wrong(
                say!(
                    "thiếu BODY_NAME: mỗi bài phải nêu cơ quan công bố",
                    "BODY_NAME is missing: each article must name the body that publishes it"
                ),
                say!(
                    "ghi tên cơ quan trong [vars] của wrangler.toml",
                    "write the body's name into [vars] of wrangler.toml"
                ),
            );
        }
        let base_url = filled("BASE_URL").unwrap_or_default().trim_end_matches('/').to_owned();
        if base_url.is_empty() {
            wrong(
                say!(
                    "thiếu BASE_URL: mỗi bài phải có địa chỉ định danh đầy đủ",
                    "BASE_URL is missing: each article must have a whole address that identifies it"
                ),
                say!(
                    "ghi địa chỉ của cổng trong [vars]: \"https://cong.example.vn\"",
                    "write the portal's address into [vars]: \"https://cong.example.vn\""
                ),
            );
        }
        let rules = DocumentRules { consultation };
        Ok(Self { rules, base_url, static_files: PathBuf::new(), findings })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn office(settings: &str) -> Office {
        Office::of_settings(settings, Path::new("wrangler.toml")).unwrap()
    }

    #[test]
    fn settings_that_the_checks_use_are_read() {
        let office = office(
            "[vars]\nBODY_NAME = \"Sở\"\nBASE_URL = \"https://x.vn/\"\nCONSULTATION_PERIOD = \"20 ngày; Luật X\"\n",
        );
        assert_eq!(office.rules.consultation.map(|period| period.days), Some(20));
        assert_eq!(office.base_url, "https://x.vn");
        assert_eq!(office.findings, []);
    }

    #[test]
    fn a_portal_without_a_name_or_an_address_identifies_nothing() {
        let found = office("[vars]\nBODY_NAME = \" \"\nCONSULTATION_PERIOD = \"lâu\"\n").findings;
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|finding| finding.is_error() && finding.code == "setting"));
        assert!(found[0].message.contains("CONSULTATION_PERIOD"), "{found:?}");
        assert!(Office::of_settings("[vars", Path::new("wrangler.toml")).is_err());
    }
}
