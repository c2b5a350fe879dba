//! `cong upload`: checks a folder of documents and files, and uploads those that have changed into the storage of a
//! portal. The changes are computed (`plan`) and printed (`report`) before anything is written.

pub mod plan;
mod report;

use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use cong_core::vietnamese::{Timestamp, grouped};

use crate::check::{self, Finding, Office, content_folder};
use crate::console::{Outcome, ask, step};
use crate::folder::Folder;
use crate::interrupt::Interrupted;
use crate::language::say;
use crate::storage::{Namespace, Storage};
use crate::toolchain;
use plan::{Plan, stored};
pub use report::name;

#[derive(Args)]
pub struct UploadOptions {
    /// Upload into local storage, which `cargo run dev` shows. This is the default.
    #[arg(long, conflicts_with = "remote")]
    local: bool,
    /// Upload into the deployed portal, for everybody to see.
    #[arg(long)]
    remote: bool,
    /// The folder with articles/ and files/ [default: content/ of the repository].
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// The folder of local storage.
    #[arg(long, default_value = ".wrangler/state", value_name = "DIR", conflicts_with = "remote")]
    state: PathBuf,
    /// Only print what would be done.
    #[arg(long)]
    dry_run: bool,
    /// Take down documents and files that an earlier upload stored and that are no longer in the folder.
    #[arg(long)]
    delete: bool,
    /// Also overwrite and, with --delete, take down documents and files that somebody stored by hand.
    #[arg(long)]
    force: bool,
    /// With --delete, take documents and files down without asking for confirmation.
    #[arg(long)]
    yes: bool,
}

/// The plans for the namespaces `FILES` and `ARTICLES`. Files are uploaded first, so that no published article refers
/// to a file that is not there yet.
#[derive(Default)]
struct Plans {
    files: Plan,
    articles: Plan,
}

impl Plans {
    fn each(&self) -> [(Namespace, &Plan); 2] {
        [(Namespace::Files, &self.files), (Namespace::Articles, &self.articles)]
    }

    fn count(&self, of: impl Fn(&Plan) -> usize) -> usize {
        of(&self.files) + of(&self.articles)
    }
}

/// Uploads the folder.
///
/// # Errors
/// The folder has errors, the user does not confirm a deletion, wrangler fails, or documents that somebody edited by
/// hand were not overwritten.
pub fn run(root: &Path, options: &UploadOptions, now: Timestamp) -> Result<()> {
    let content = content_folder(root, options.content.as_deref());
    let folder = Folder::read(&content)?;
    check_first(&folder, &Office::read(root)?, now)?;
    if options.delete && folder.documents.is_empty() {
        bail!(say!(
            "{0} không có bài nào, nên --delete sẽ gỡ mọi bài: có đúng là thư mục này không?",
            "{0} has no documents, so --delete would take all of them down: is it the right folder?",
            content.display()
        ));
    }
    toolchain::install_wrangler(root)?;
    let state = root.join(&options.state);
    let storage =
        if options.remote { Storage::remote(root)? } else { Storage::local(root, &state)? };
    let plans = compare(folder, &storage, options.force)?;
    print_plan(&plans, options, &content)?;
    if options.dry_run {
        return Ok(());
    }
    let gone = if options.delete { plans.count(|plan| plan.gone.len()) } else { 0 };
    if gone > 0 && !options.yes {
        let question = say!("Gỡ xuống {gone} bài và tệp?", "Take down {gone} documents and files?");
        let alone = say!(
            "Cần gỡ xuống {gone} bài và tệp, nhưng không có màn hình dòng lệnh để hỏi lại. Thêm --yes để gỡ mà không hỏi. Chưa làm gì cả.",
            "{gone} documents and files would be taken down, but there is no terminal to ask for confirmation. Add --yes to take them down without asking. Nothing was done."
        );
        ask(&question, alone)?;
    }
    let done = carry_out(&plans, &storage, options.delete);
    if done.as_ref().is_err_and(|error| error.is::<Interrupted>()) {
        eprintln!(
            "{}",
            say!(
                "Đã ngắt. Phần đã lên được giữ nguyên; chạy lại lệnh này để làm nốt.",
                "Interrupted. What was uploaded stays; run this command again to upload the rest."
            )
        );
    }
    done?;
    say_what_was_left(&plans)
}

/// Prints the errors of the folder, and fails if there are any.
fn check_first(folder: &Folder, office: &Office, now: Timestamp) -> Result<()> {
    let findings = check::check(folder, office, now);
    let errors: Vec<&Finding> = findings.iter().filter(|finding| finding.is_error()).collect();
    if !errors.is_empty() {
        eprint!("{}", check::text(&errors));
        let errors = errors.len();
        bail!(say!(
            "{errors} lỗi: chưa đưa gì lên. Hãy sửa rồi chạy lại.",
            "{errors} errors: nothing was uploaded. Correct them, then run this command again."
        ));
    }
    if !findings.is_empty() {
        let warnings = findings.len();
        eprintln!(
            "{}",
            say!(
                "· {warnings} cảnh báo; xem bằng: cargo run check",
                "· {warnings} warnings; to see them: cargo run check"
            )
        );
    }
    Ok(())
}

fn compare(folder: Folder, storage: &Storage, force: bool) -> Result<Plans> {
    let mut plans = Plans::default();
    step(&say!("so với cổng", "comparison"), |progress| {
        let total = grouped(folder.documents.len() + folder.files.len());
        let files = plan::files(folder.files)?;
        let articles = plan::documents(folder.documents);
        plans = Plans {
            files: Plan::of(files, &stored(storage.list(Namespace::Files, progress)?)),
            articles: Plan::of(articles, &stored(storage.list(Namespace::Articles, progress)?)),
        };
        Outcome::done(say!("{total} bài và tệp", "{total} documents and files"))
    })?;
    if force {
        plans.files.force();
        plans.articles.force();
    }
    Ok(plans)
}

fn print_plan(plans: &Plans, options: &UploadOptions, content: &Path) -> Result<()> {
    let content = content.display();
    let mut text = if options.remote {
        say!("Từ {content} lên cổng công khai:\n", "From {content} to the public portal:\n")
    } else {
        say!(
            "Từ {content} vào dữ liệu trên máy này (muốn lên cổng công khai: --remote):\n",
            "From {content} to local storage (for the public portal: --remote):\n"
        )
    };
    for (namespace, plan) in plans.each().into_iter().rev() {
        text.push_str(&report::plan(namespace, plan, options.delete)?);
    }
    stdout()
        .write_all(text.as_bytes())
        .with_context(|| say!("Không in được kế hoạch", "The plan cannot be printed"))
}

fn carry_out(plans: &Plans, storage: &Storage, deletes: bool) -> Result<()> {
    for (namespace, plan) in plans.each() {
        let due = plan.due()?;
        if !due.is_empty() {
            step(&report::name(namespace), |progress| {
                storage.put(namespace, &due, progress)?;
                let count = grouped(due.len());
                Outcome::done(say!("đã đưa lên {count}", "{count} uploaded"))
            })?;
        }
    }
    // Deletes in the reverse order, articles before files, so that no file is deleted while an article refers to it.
    for (namespace, plan) in plans.each().into_iter().rev() {
        if deletes && !plan.gone.is_empty() {
            step(&report::name(namespace), |progress| {
                storage.delete(namespace, &plan.gone, progress)?;
                let count = grouped(plan.gone.len());
                Outcome::done(say!("đã gỡ xuống {count}", "{count} taken down"))
            })?;
        }
    }
    if plans.count(|plan| plan.count_due() + plan.gone.len() * usize::from(deletes)) == 0 {
        eprintln!("{}", say!("· Không có gì phải làm.", "· Nothing is to be done."));
    }
    Ok(())
}

/// Fails if values that somebody stored by hand were not overwritten, because the portal then differs from the folder.
fn say_what_was_left(plans: &Plans) -> Result<()> {
    let left = plans.count(|plan| plan.put_by_hand.len());
    if left > 0 {
        bail!(say!(
            "{left} bài hoặc tệp đã được sửa tay trên cổng nên giữ nguyên, không đưa bản trong thư mục lên. \
             Chép bản trên cổng về thư mục rồi chạy lại với --force; --force ghi đè chúng.",
            "Documents or files that were changed by hand on the portal, and therefore not uploaded: {left}. \
             Copy the portal's versions into the folder, then run this command again with --force, which overwrites them."
        ));
    }
    Ok(())
}
