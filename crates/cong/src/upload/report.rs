//! Describes the changes of an upload before it begins.

use std::fmt::Write as _;

use anyhow::Result;
use cong_core::vietnamese::grouped;

use super::plan::{Item, Plan};
use crate::language::say;
use crate::storage::Namespace;

/// The maximum number of names that are printed from one list. Further names are only counted.
const MAX_NAMES: usize = 20;

/// Describes the plan for one namespace: a line of counts, then the names of documents or files that will change or
/// that need attention. `deletes` says whether the upload takes down what is no longer in the folder.
pub fn plan(namespace: Namespace, plan: &Plan, deletes: bool) -> Result<String> {
    let mut text = String::new();
    let [new, changed, unchanged, gone] =
        [plan.new.len(), plan.changed.len(), plan.unchanged, plan.gone.len()].map(grouped);
    let figures = say!(
        "{new} mới, {changed} thay đổi, {unchanged} giữ nguyên, {gone} không còn trong thư mục",
        "{new} new, {changed} changed, {unchanged} unchanged, {gone} no longer in the folder"
    );
    writeln!(text, "{}: {figures}", name(namespace))?;
    let keys = |items: &[Item]| items.iter().map(|item| item.key.clone()).collect::<Vec<_>>();
    list(&mut text, &say!("đưa lên, mới", "to be uploaded, new"), &keys(&plan.new))?;
    list(&mut text, &say!("đưa lên, thay đổi", "to be uploaded, changed"), &keys(&plan.changed))?;
    let gone = if deletes {
        say!("gỡ xuống", "to be taken down")
    } else {
        say!(
            "không còn trong thư mục, vẫn để trên cổng",
            "no longer in the folder, left on the portal"
        )
    };
    list(&mut text, &gone, &plan.gone)?;
    let by_hand =
        say!("đã sửa tay trên cổng, giữ nguyên", "changed by hand on the portal, left unchanged");
    list(&mut text, &by_hand, &keys(&plan.put_by_hand))?;
    if deletes {
        let only_stored = say!(
            "chỉ có trên cổng, do đưa lên bằng tay, giữ nguyên",
            "only on the portal, stored by hand, left unchanged"
        );
        list(&mut text, &only_stored, &plan.only_stored)?;
    }
    Ok(text)
}

pub fn name(namespace: Namespace) -> String {
    match namespace {
        Namespace::Articles => say!("bài", "documents"),
        Namespace::Files => say!("tệp", "files"),
        Namespace::Inbox => say!("ý kiến đang chờ", "waiting submissions"),
    }
}

fn list(text: &mut String, heading: &str, names: &[String]) -> Result<()> {
    if names.is_empty() {
        return Ok(());
    }
    writeln!(text, "  {heading} ({}):", grouped(names.len()))?;
    for name in names.iter().take(MAX_NAMES) {
        writeln!(text, "    {name}")?;
    }
    let more = names.len().saturating_sub(MAX_NAMES);
    if more > 0 {
        let more = grouped(more);
        writeln!(text, "    {}", say!("… và {more} nữa", "… and {more} more"))?;
    }
    Ok(())
}
