//! `cong verify`, which checks the exported ledger of a consultation.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cong_core::consultation::Capacity;
use cong_core::ledger::{
    CommentEntry, CommitmentOpening, EntryLine, ExportLine, Hash, LedgerEntry, LedgerField,
    PublicValues, RemovalEntry, RemovalRequester, Seal, commitment, leaf,
};
use cong_core::vietnamese::{Timestamp, WrittenTime};

use crate::harness::{VIETNAMESE, assert_says, cong, scratch};

type Days = Vec<(&'static str, Vec<EntryLine>)>;

fn moment(text: &str) -> Timestamp {
    WrittenTime::parse(text).unwrap().start()
}

/// A comment received on 02/11/2026 whose text is public and whose sender's name is not.
fn comment(says: &str) -> EntryLine {
    let salt = Hash::of(&[says.as_bytes()]).to_string()[..32].to_owned();
    let entry = LedgerEntry::Comment(CommentEntry {
        draft: "quy-che".into(),
        received: moment("2026-11-02T09:00"),
        clause: "dieu-5".into(),
        sender: Capacity::Individual,
        text: commitment(LedgerField::Text, &salt, says),
        name: commitment(LedgerField::Name, &salt, "Nguyễn Văn An"),
    });
    EntryLine {
        entry: entry.content(),
        values: PublicValues {
            text: Some(CommitmentOpening { salt, value: says.to_owned() }),
            ..PublicValues::default()
        },
        withheld: vec![LedgerField::Name],
        removed: Vec::new(),
    }
}

/// A ledger with three comments, all sealed on one day.
fn last_week() -> Days {
    vec![("2026-11-02", ["Một", "Hai", "Ba"].map(comment).to_vec())]
}

/// The ledger of [`last_week`] with a second day, on which the name of the first comment's sender was erased and the
/// removal recorded.
fn today() -> Days {
    let mut days = last_week();
    let first = &mut days[0].1[0];
    first.withheld.clear();
    let removal = LedgerEntry::Removal(RemovalEntry {
        draft: "quy-che".into(),
        of: leaf(&first.entry),
        field: LedgerField::Name,
        removed: moment("2026-11-09T10:30"),
        reason: RemovalRequester::Sender,
    });
    let removal = EntryLine { entry: removal.content(), ..EntryLine::default() };
    days.push(("2026-11-09", vec![removal]));
    days
}

/// Returns an export as the portal writes it, made at the time `exported`, and the chain value of its last seal.
fn export(days: &Days, exported: &str) -> (String, Hash) {
    let mut lines = vec![ExportLine::header("quy-che", moment(exported))];
    let mut last: Option<Seal> = None;
    let mut count = 0;
    for (day, entries) in days {
        let leaves: Vec<_> = entries.iter().map(|line| leaf(&line.entry)).collect();
        let seal = Seal::next(last.as_ref(), day.parse().unwrap(), &leaves);
        last = Some(seal);
        count += leaves.len() as u64;
        lines.push(ExportLine::Seal { seal });
        lines.extend(entries.iter().cloned().map(ExportLine::Entry));
    }
    lines.extend([ExportLine::Unsealed { unsealed: 0 }, ExportLine::end(count)]);
    (lines.iter().map(|line| format!("{line}\n")).collect(), last.unwrap().chain)
}

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = scratch(name);
    for (file, text) in files {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}

fn verify(path: &Path, options: &[&str]) -> Output {
    let (locale, vietnamese) = VIETNAMESE;
    verify_command(path, options).env(locale, vietnamese).output().unwrap()
}

fn verify_command(path: &Path, options: &[&str]) -> Command {
    // The command needs no file of the repository.
    let mut command = cong();
    command.arg("verify").arg(path).args(options).current_dir("/");
    command
}

#[track_caller]
fn assert_ledger_is_valid(output: &Output, says: &[&str]) {
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(0), "{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(!text.contains('✗'), "{text}");
    assert_says(&text, says);
}

/// Asserts that exactly these problems are reported, and that their number is printed.
#[track_caller]
fn assert_problems(output: &Output, problems: &[&str]) {
    let text = String::from_utf8_lossy(&output.stdout);
    let found: Vec<_> = text.lines().filter(|line| line.contains('✗')).collect();
    assert_eq!(found, problems, "{text}");
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(message, format!("✗ Có {} vấn đề.\n", problems.len()));
}

#[test]
fn a_valid_ledger_is_reported_with_its_lawful_erasures_and_its_last_seal() {
    let (text, chain) = export(&today(), "2026-11-10T08:00");
    let folder = folder("verify-sound", &[("quy-che.jsonl", &text), ("notes.txt", "…")]);
    let says = [
        "Sổ cái “quy-che”, tệp quy-che.jsonl, xuất lúc 10/11/2026 08:00:00",
        "2 ngày đã khóa sổ: 3 ý kiến, 0 trả lời, 1 lần xóa; 0 mục chờ khóa sổ.",
        "3 giá trị công khai, đã đối chiếu với mã băm; 2 giá trị không công khai.",
        "· Đã xóa theo yêu cầu của người gửi, lúc 09/11/2026 10:30:00: tên người gửi của \
         ngày 02/11/2026, mục 1 (ý kiến về “dieu-5”).",
        "✓ Mọi mục khớp với các lần khóa sổ.",
        "Lần khóa sổ cuối, ngày 09/11/2026; đối chiếu với trang /du-thao/quy-che/so-cai",
        &format!("mã chuỗi {chain}"),
    ];
    assert_ledger_is_valid(&verify(&folder, &[]), &says);
    assert_ledger_is_valid(&verify(&folder.join("quy-che.jsonl"), &[]), &says);
}

#[test]
fn a_dropped_and_an_altered_comment_are_problems_and_a_lawful_erasure_is_not() {
    let (text, _) = export(&today(), "2026-11-10T08:00");
    let kept = text.lines().filter(|line| !line.contains(r#""value":"Ba""#));
    let tampered: Vec<_> = kept
        .map(|line| line.replace(r#""value":"Hai""#, r#""value":"Đồng ý""#))
        .map(|line| line.replace(r#"{"entries":4}"#, r#"{"entries":3}"#))
        .collect();
    let folder = folder("verify-tampered", &[("quy-che.jsonl", &tampered.join("\n"))]);
    assert_problems(
        &verify(&folder, &[]),
        &[
            "  ✗ ngày 02/11/2026, mục 2 (ý kiến về “dieu-5”): nội dung ý kiến không khớp với mã \
             băm trong sổ: đã bị sửa.",
            "  ✗ ngày 02/11/2026: khi khóa sổ có 3 mục, bản xuất có 2: thiếu 1 mục.",
        ],
    );
}

#[test]
fn an_older_export_exposes_a_forged_ledger_with_recomputed_seals() {
    let (older, _) = export(&last_week(), "2026-11-03T08:00");
    let (newer, _) = export(&today(), "2026-11-10T08:00");
    let sound = folder("verify-grown", &[("a.jsonl", &newer), ("b.jsonl", &older)]);
    assert_ledger_is_valid(
        &verify(&sound, &[]),
        &["So b.jsonl với bản xuất sau, a.jsonl:", "còn nguyên trong bản sau"],
    );

    let mut forged = today();
    forged[0].1.remove(2);
    let (forged, _) = export(&forged, "2026-11-10T08:00");
    let forged = folder("verify-forged", &[("a.jsonl", &forged), ("b.jsonl", &older)]);
    assert_problems(
        &verify(&forged, &[]),
        &[
            "  ✗ ngày 02/11/2026: hai bản xuất ghi lần khóa sổ ngày này khác nhau.",
            "  ✗ ngày 02/11/2026, mục 3 (ý kiến về “dieu-5”): bản xuất sau không còn mục này.",
        ],
    );
}

#[test]
fn an_earlier_chain_value_exposes_a_forged_ledger_with_recomputed_seals() {
    let (_, noted) = export(&last_week(), "2026-11-03T08:00");
    let noted = noted.to_string();
    let (newer, chain) = export(&today(), "2026-11-10T08:00");
    let sound = folder("verify-noted", &[("quy-che.jsonl", &newer)]);
    assert_ledger_is_valid(
        &verify(&sound, &["--chain", &noted, "--chain", &chain.to_string()]),
        &[&format!("✓ Mã chuỗi {noted} là của ngày 02/11/2026, tệp quy-che.jsonl.")],
    );

    let mut forged = today();
    forged[0].1.remove(2);
    let (forged, _) = export(&forged, "2026-11-10T08:00");
    let forged = folder("verify-not-noted", &[("quy-che.jsonl", &forged)]);
    assert_problems(
        &verify(&forged, &["--chain", &noted]),
        &[&format!(
            "✗ Mã chuỗi {noted} không có trong sổ: phần sổ tới lúc ghi mã đã bị thay đổi, hoặc mã \
             là của sổ khác."
        )],
    );
}

#[test]
fn a_truncated_export_is_a_problem() {
    let (text, _) = export(&last_week(), "2026-11-03T08:00");
    let cut = text.rsplit_once("{\"end\"").unwrap().0;
    let folder = folder("verify-cut", &[("quy-che.jsonl", cut)]);
    let cut = "  ✗ toàn sổ: thiếu dòng cuối: bản xuất tải về chưa hết, hoặc bị cắt bớt.";
    assert_problems(&verify(&folder, &[]), &[cut]);
}

#[test]
fn problems_are_reported_in_english_with_an_english_locale() {
    let (text, chain) = export(&today(), "2026-11-10T08:00");
    let tampered = text.replace(r#""value":"Hai""#, r#""value":"Đồng ý""#);
    let folder = folder("verify-english", &[("quy-che.jsonl", &tampered)]);
    let output = verify_command(&folder, &["--chain", &chain.to_string()]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stdout);
    let says = [
        "Record “quy-che”, file quy-che.jsonl, exported 10/11/2026 08:00:00",
        "Sealed days: 2, with comments: 3, answers: 0, removals: 1; waiting for a seal: 0.",
        "  ✗ 02/11/2026, entry 2 (comment on “dieu-5”): the comment's text does not fit its hash \
         in the record: it was altered.",
        &format!("✓ The chain value {chain} is that of 09/11/2026, file quy-che.jsonl."),
    ];
    assert_says(&text, &says);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "✗ Problems found: 1.\n");
}

#[test]
fn a_path_without_exports_is_reported_in_one_message() {
    let empty = folder("verify-empty", &[("notes.txt", "…")]);
    let message = |path: &Path| {
        let output = verify(path, &[]);
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    assert_eq!(
        message(&empty),
        format!("✗ Không có bản xuất (*.jsonl) nào trong {}\n", empty.display())
    );
    let absent = empty.join("absent");
    assert_eq!(
        message(&absent),
        format!("✗ Không đọc được {}\n  không có tệp hay thư mục này\n", absent.display())
    );

    let output = verify(&empty, &["--chain", "abc"]);
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("phải là 64 chữ số thập lục phân"), "{text}");
}
