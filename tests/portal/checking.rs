//! `cong check`, which finds mistakes in articles before they are published, and `cong new`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use crate::harness::{cong, root, scratch};

const GOOD: &str =
    "+++\ntitle = \"Một\"\nupdated = 2026-01-02T08:00:00\nauthor = \"Nguyễn Văn An\"\n+++\n";

/// Makes a folder with articles and files, given as pairs of path and content.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = scratch(name);
    fs::create_dir_all(folder.join("articles")).unwrap();
    fs::create_dir_all(folder.join("files")).unwrap();
    for (path, bytes) in files {
        fs::write(folder.join(path), bytes).unwrap();
    }
    folder
}

fn run(language: &str, arguments: &[&str], folder: &Path) -> Output {
    let mut command = cong();
    command.env("LC_ALL", language).args(arguments).arg("--content").arg(folder);
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn json(folder: &Path) -> Value {
    let output = run("en", &["check", "--format", "json"], folder);
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Returns each finding as code, file, line and column. Those that are errors start with `error `.
fn found(folder: &Path) -> BTreeSet<String> {
    let report = json(folder);
    let findings = report["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| {
            let error = if finding["severity"] == "error" { "error " } else { "" };
            let file = Path::new(finding["file"].as_str().unwrap()).file_name().unwrap();
            let code = finding["code"].as_str().unwrap();
            let (line, column) = (&finding["line"], &finding["column"]);
            format!("{error}{code} {}:{line}:{column}", file.display())
        })
        .collect()
}

#[track_caller]
fn assert_found(folder: &Path, expected: &[&str]) {
    let expected: BTreeSet<String> = expected.iter().map(|line| (*line).to_owned()).collect();
    assert_eq!(found(folder), expected);
}

#[test]
fn the_samples_of_the_repository_have_no_errors() {
    let output = run("en", &["check"], &root().join("content"));
    let summary = text(&output.stderr);
    assert!(output.status.success(), "{}{summary}", text(&output.stdout));
    let documents = fs::read_dir(root().join("content/articles")).unwrap().count();
    assert!(
        summary.contains(&format!("0 errors, 0 warnings in {documents} documents")),
        "{summary}"
    );
}

#[test]
fn mistakes_in_fields_are_reported_with_line_and_column() {
    let fields = "+++\ntitle = \"\"\nupdated = \"hôm qua\"\nauthor = \"An\"\nautor = 1\n[consultation]\nopens = 2026-01-01\ncloses = 2026-01-05\nunit = \"Ban\"\n[document]\nsigners = [{}]\n+++\nChữ.\n";
    let odd = "+++\ntitle = \"Hai\"\nupdated = 2099-01-01\nauthor = \"TODO\"\npublished = 2099-02-01\nimage = { file = \"a.svg\" }\n[document]\nnumber = \"1\"\nsigner = \"An\"\nsigners = [{ name = \"An\" }]\n+++\n- Mục\n\nNguồn: Báo X\n";
    let spoken = "+++\ntitle = \"Sáu\"\nupdated = 2026-01-01\nauthor = \"An\"\naudio = { file = \"doc.mp4\" }\n+++\nChữ.\n";
    let folder = folder(
        "check-fields",
        &[
            ("articles/mot.md", fields.as_bytes()),
            ("articles/hai.md", odd.as_bytes()),
            ("articles/ba.md", b"+++\ntitle = \xE2\x80\x9CBa\xE2\x80\x9D\n+++\n"),
            ("articles/bon.json", b"{\"title\": \"B\",\n \"updated\" 5}"),
            ("articles/nam.md", b"Nam"),
            ("articles/sau.md", spoken.as_bytes()),
            ("files/a.svg", b"<svg/>"),
        ],
    );
    assert_found(
        &folder,
        &[
            "error field-missing mot.md:2:9",
            "error field-time mot.md:3:11",
            "field-unknown mot.md:5:1",
            "error consultation-period mot.md:8:10",
            "error field-missing mot.md:11:12",
            "future hai.md:3:11",
            "future hai.md:5:13",
            "time-order hai.md:5:13",
            "error author hai.md:4:10",
            "alt-missing hai.md:6:9",
            "document-fields hai.md:7:1",
            "field-repeated hai.md:9:10",
            "no-audio sau.md:5:18",
            "error file-missing sau.md:5:18",
            "source hai.md:14:1",
            "error toml ba.md:2:9",
            "error json bon.json:2:12",
            "error front-matter nam.md:1:1",
        ],
    );
    for (language, message) in [
        ("vi", "trường “document.signer”: không dùng cùng “signers”; cổng chỉ lấy “signers”"),
        (
            "en",
            "field “document.signer”: does not go with “signers”; the portal takes “signers” only",
        ),
        ("vi", "trường “document.signers[1].name”: bắt buộc phải có khi không có “position”"),
        ("en", "field “document.signers[1].name”: is required without “position”"),
    ] {
        let shown = text(&run(language, &["check"], &folder).stdout);
        assert!(shown.contains(message), "{message:?} is not in {shown}");
    }
}

#[test]
fn problems_in_the_body_are_reported_with_line_and_column() {
    let body = "#### Nhảy\n\n## Mục\n\n##\n\nChữ ![](a.svg) ![Xa](https://x.vn/a.png) <b>\n\n[x](javascript:y) và [^1] và `<i>`\n\n::: lang=en\n\nOne\n\n:::\n\n:::\n";
    let tables = "| a ||\n| b |\n|---|---|\n\n| a | b |\n|---|---|\n| ^^ | c |\n| d | e | f |\n";
    let folder = folder(
        "check-body",
        &[
            ("articles/mot.md", format!("{GOOD}{body}").as_bytes()),
            ("articles/trong.md", GOOD.as_bytes()),
            ("articles/bang.md", format!("{GOOD}{tables}").as_bytes()),
            ("files/a.svg", b"<svg/>"),
        ],
    );
    assert_found(
        &folder,
        &[
            "heading-jump mot.md:6:1",
            "heading-empty mot.md:10:1",
            "alt-missing mot.md:12:5",
            "remote-image mot.md:12:16",
            "html mot.md:12:42",
            "unsafe-link mot.md:14:1",
            "footnote-missing mot.md:14:22",
            "passage mot.md:22:1",
            "table-row bang.md:7:1",
            "table-cell bang.md:12:2",
            "table-row bang.md:13:1",
            "description trong.md:2:9",
        ],
    );
}

#[test]
fn broken_links_to_the_portal_are_reported() {
    let good = "## Điều 1\n[a](/bai-viet/hai) [b](#dieu-1) [c](hai#dieu-2) [d](/tep/a.svg) [e](/chuyen-muc/van-ban) \
                [f](/tin-bai/2026) [g](/emblem.svg) [h](/cu.aspx?id=7) [i](https://x.vn/y) [k](mailto:a@x.vn) \
                [l](/bai-viet/ten-cu) [m](https://cong.example/lien-he) [n](/du-thao/hai/so-cai) [o](#tep_dinh_kem)\n";
    let dead = "[a](/bai-viet/haj)\n[b](#dieu-9)\n[c](/tep/b.svg) ![x](c.svg)\n[d](/chuyen-muc/khac)\n[e](/khong-co)\n\
                [f](/Bai-Viet/hai)\n[g](nhap)\n[h](/du-thao/mot/y-kien)\n[i](https://cong.example/khong)\n";
    let hai = "+++\ntitle = \"Hai\"\nupdated = 2026-01-02\nauthor = \"An\"\ncategory = \"Văn bản\"\n\
               aliases = [\"ten-cu\", \"/cu.aspx?id=7\"]\n[[attachments]]\nfile = \"d.pdf\"\n[consultation]\n\
               opens = 2026-01-01\ncloses = 2026-03-01\nunit = \"Ban\"\nissued = \"chua-co\"\n+++\n## Điều 2\nChữ.\n";
    let draft = GOOD.replacen("+++\n", "+++\ndraft = true\n", 1);
    let folder = folder(
        "check-links",
        &[
            ("articles/mot.md", format!("{GOOD}{good}").as_bytes()),
            ("articles/ba.md", format!("{GOOD}{dead}").as_bytes()),
            ("articles/hai.md", hai.as_bytes()),
            ("articles/nhap.md", format!("{draft}Chữ.\n").as_bytes()),
            ("files/a.svg", b"<svg/>"),
            ("files/thua.pdf", b"x"),
        ],
    );
    assert_found(
        &folder,
        &[
            "error dead-link ba.md:6:5",
            "dead-anchor ba.md:7:5",
            "error file-missing ba.md:8:5",
            "error file-missing ba.md:8:17",
            "error dead-link ba.md:9:5",
            "error dead-link ba.md:10:5",
            "link-spelling ba.md:11:5",
            "link-to-draft ba.md:12:5",
            "error dead-link ba.md:13:5",
            "error dead-link ba.md:14:5",
            "error file-missing hai.md:8:8",
            "error dead-link hai.md:13:10",
            "file-unused thua.pdf:1:1",
        ],
    );
    let hints: Vec<_> = json(&folder)["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["hint"].clone())
        .collect();
    assert!(hints.contains(&"is it hai?".into()), "{hints:?}");
}

#[test]
fn an_old_address_that_two_articles_claim_is_reported_with_both_places() {
    let claim = |day: &str, alias: &str| {
        GOOD.replace("2026-01-02T08:00:00", day)
            .replace("+++\ntitle", &format!("+++\naliases = [\"{alias}\"]\ntitle"))
            + "Chữ.\n"
    };
    let folder = folder(
        "check-aliases",
        &[
            ("articles/mot.md", claim("2026-01-03", "/cu.aspx?a=%2F").as_bytes()),
            ("articles/hai.md", claim("2026-01-02", "/cu.aspx?a=/").as_bytes()),
            ("articles/ba.md", claim("2026-01-02", "mot").as_bytes()),
            ("articles/bon.md", claim("2026-01-02", "/tin-bai").as_bytes()),
        ],
    );
    assert_found(
        &folder,
        &["alias-taken mot.md:2:12", "alias-hidden ba.md:2:12", "alias-hidden bon.md:2:12"],
    );
    let report = json(&folder);
    let findings = report["findings"].as_array().unwrap();
    let taken = findings.iter().find(|finding| finding["code"] == "alias-taken").unwrap();
    assert!(taken["related"]["file"].as_str().unwrap().ends_with("hai.md"), "{taken}");
    assert_eq!((&taken["related"]["line"], &taken["related"]["column"]), (&2.into(), &12.into()));
}

#[test]
fn text_in_other_encodings_is_reported() {
    let document = |text: &str| format!("{GOOD}{text}\n");
    let folder = folder(
        "check-letters",
        &[
            ("articles/tcvn3.md", document("C«ng hoµ x· héi chñ nghÜa ViÖt Nam").as_bytes()),
            ("articles/vni.md", document("Chữ.\n\nCoäng hoøa xaõ hoäi").as_bytes()),
            ("articles/utf8.md", document("Viá»‡t Nam").as_bytes()),
            ("articles/mat.md", document("M\u{FFFD}t").as_bytes()),
            ("articles/roi.md", document("De\u{302}\u{300} nghi\u{323}").as_bytes()),
            ("articles/cu.md", b"+++\ntitle = \"B\xE1o\"\n+++\n"),
            ("articles/utf16.md", b"\xFF\xFE+\0+\0+\0"),
            (
                "articles/phap.md",
                document("« Là où l’été », déjà, naïf, goût, Noël, où ça ? Œuvre, thé").as_bytes(),
            ),
        ],
    );
    assert_found(
        &folder,
        &[
            "tcvn3 tcvn3.md:6:1",
            "vni vni.md:8:1",
            "mojibake utf8.md:6:3",
            "error lost-letters mat.md:6:2",
            "not-nfc roi.md:6:2",
            "error no-utf-8 cu.md:2:11",
            "error utf-16 utf16.md:1:1",
        ],
    );
    let output = run("vi", &["check"], &folder);
    assert!(text(&output.stdout).contains("có phải “Cộng hòa xã hội”?"));
}

#[test]
fn files_that_cannot_be_published_are_reported() {
    let good = format!("{GOOD}Chữ.\n");
    let folder = folder(
        "check-files",
        &[
            ("articles/mot.md", good.as_bytes()),
            ("articles/mot.json", b"{\"title\":\"M\",\"updated\":\"2026-01-01\",\"author\":\"An\",\"body\":\"Ch\xE1\xBB\xAF.\"}"),
            ("articles/Bài hai.md", good.as_bytes()),
            ("articles/ghi-chu.txt", b"x"),
            ("articles/.gitkeep", b""),
            ("articles/dai.md", &vec![b'x'; 2 * 1024 * 1024 + 1]),
            ("files/rong.pdf", b""),
        ],
    );
    fs::File::create(folder.join("files/to.zip")).unwrap().set_len(25 * 1024 * 1024 + 1).unwrap();
    assert_found(
        &folder,
        &[
            "error same-name mot.md:1:1",
            "error file-name Bài hai.md:1:1",
            "no-document ghi-chu.txt:1:1",
            "error too-large dai.md:1:1",
            "file-empty rong.pdf:1:1",
            "file-unused rong.pdf:1:1",
            "error too-large to.zip:1:1",
        ],
    );
}

#[test]
fn with_file_arguments_only_their_findings_are_printed_and_links_are_checked_against_the_whole_folder()
 {
    let folder = folder(
        "check-some",
        &[
            ("articles/mot.md", format!("{GOOD}[x](/bai-viet/hai)\n").as_bytes()),
            ("articles/hai.md", format!("{GOOD}[x](/khong)\n").as_bytes()),
        ],
    );
    let path = |name: &str| folder.join("articles").join(name).to_str().unwrap().to_owned();
    let good = run("en", &["check", &path("mot.md")], &folder);
    assert!(good.status.success() && good.stdout.is_empty(), "{}", text(&good.stdout));
    let bad = run("en", &["check", &path("mot.md"), &path("hai.md")], &folder);
    assert_eq!(bad.status.code(), Some(1));
    assert!(text(&bad.stdout).contains("hai.md:6:5"), "{}", text(&bad.stdout));
    let elsewhere = run("en", &["check", "Cargo.toml"], &folder);
    assert_eq!(elsewhere.status.code(), Some(1));
    assert!(text(&elsewhere.stderr).contains("Cargo.toml is not in the folder of documents"));
}

#[test]
fn findings_are_printed_with_their_line_in_the_language_of_the_locale() {
    let folder = folder(
        "check-shown",
        &[("articles/mot.md", format!("{GOOD}Xem [x](/khong).\n").as_bytes())],
    );
    let vietnamese = run("vi_VN.UTF-8", &["check"], &folder);
    let shown = text(&vietnamese.stdout);
    for part in [
        "lỗi[dead-link]: cổng không có trang /khong",
        "mot.md:6:9",
        "6 | Xem [x](/khong).",
        "^^^^^^",
        "gợi ý: ",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(text(&vietnamese.stderr).starts_with("✗ 1 lỗi, 0 cảnh báo trong 1 bài và 0 tệp"));
    let english = run("en_US.UTF-8", &["check"], &folder);
    let shown = text(&english.stdout);
    assert!(
        shown.contains("error[dead-link]: the portal has no page /khong")
            && shown.contains("help: "),
        "{shown}"
    );
    assert!(!shown.contains('\u{1b}'), "no colours in a pipe: {shown}");
}

#[test]
fn warnings_alone_do_not_fail_the_check_and_the_json_counts_them() {
    let folder =
        folder("check-warnings", &[("articles/mot.md", format!("{GOOD}Chữ <b>.\n").as_bytes())]);
    let output = run("en", &["check", "--format", "json"], &folder);
    assert!(output.status.success());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    for (name, value) in [("errors", 0), ("warnings", 1), ("documents", 1), ("files", 0)] {
        assert_eq!(report[name], value, "{report}");
    }
    assert!(report["milliseconds"].is_u64());
    let keys: Vec<_> = report["findings"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["code", "column", "file", "hint", "line", "message", "related", "severity"]);
}

#[test]
fn hostile_documents_are_checked_without_a_panic() {
    let repeated = |part: &str, times: usize| format!("{GOOD}{}", part.repeat(times)).into_bytes();
    let junk: Vec<u8> =
        (0..200_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect();
    let documents: Vec<Vec<u8>> = vec![
        Vec::new(),
        junk,
        vec![b'x'; 5_000_000],
        repeated("[a](/x) ", 200_000),
        repeated("> ", 5_000),
        repeated("![[", 5_000),
        repeated("[^a]", 50_000),
        repeated("C«ng hoµ x· héi ", 50_000),
        repeated("á»", 100_000),
        repeated("\u{1b}[31m\u{202e}[x](/\u{1b}[0m)\n", 10),
        format!("+++\na = {}\n+++\n", "[".repeat(5_000)).into_bytes(),
        "+++\n[".repeat(10_000).into_bytes(),
        format!("{GOOD}[x](http://[) [y](//) [z](/%FF) [t](/tep/..%2F..) [u](/../../etc/passwd)")
            .into_bytes(),
    ];
    let names: Vec<_> = (0..documents.len()).map(|n| format!("articles/x-{n}.md")).collect();
    let files: Vec<_> =
        names.iter().map(String::as_str).zip(documents.iter().map(Vec::as_slice)).collect();
    let folder = folder("check-hostile", &files);
    let output = run("en", &["check"], &folder);
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.starts_with("✗ ") && message.contains("in 13 documents"), "{message}");
    assert!(!text(&output.stdout).contains('\u{1b}'), "escape sequences reached the terminal");
}

#[test]
fn a_folder_without_documents_is_reported_in_one_message() {
    let output = run("en", &["check"], &scratch("check-nothing"));
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("There is no folder articles/ or files/ in"));
}

/// Returns the path and the text of the article that `cong new` wrote.
fn written_document(output: &Output) -> (PathBuf, String) {
    assert!(output.status.success(), "{}", text(&output.stderr));
    let path = PathBuf::from(text(&output.stdout).trim());
    let document = fs::read_to_string(&path).unwrap();
    (path, document)
}

#[test]
fn a_new_document_has_a_slug_and_fields_and_is_a_draft_article() {
    let folder = folder("new", &[]);
    let title = "Đề nghị \"góp ý\"\nDự thảo <b>\\";
    let output =
        run("vi", &["new", title, "--author", "Hà Thị Vân", "--category", "Văn bản"], &folder);
    let (path, document) = written_document(&output);
    assert!(path.ends_with("articles/de-nghi-gop-y-du-thao-b.md"), "{}", path.display());
    assert!(document.contains("title = \"Đề nghị \\\"góp ý\\\" Dự thảo <b>\\\\\"\n"), "{document}");
    assert!(document.contains("+07:00\n") && document.contains("draft = true\n"), "{document}");
    let hint = format!("cargo run check {} --content {}\n", path.display(), folder.display());
    assert!(text(&output.stderr).contains(&hint), "{}", text(&output.stderr));
    assert_found(&folder, &["description de-nghi-gop-y-du-thao-b.md:2:9"]);

    let again = run("vi", &["new", title], &folder);
    assert_eq!(again.status.code(), Some(1));
    assert!(
        text(&again.stderr).contains("--slug de-nghi-gop-y-du-thao-b-2"),
        "{}",
        text(&again.stderr)
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), document, "the article was overwritten");
    written_document(&run("vi", &["new", title, "--slug", "de-nghi-gop-y-du-thao-b-2"], &folder));
}

#[test]
fn a_new_document_without_a_known_author_has_a_placeholder() {
    let folder = folder("new-author", &[]);
    let mut command = cong();
    command
        .env("LC_ALL", "en")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null");
    // Git is outside a repository, so that it has no author name either.
    command.env("GIT_DIR", folder.join("none")).args(["new", "Một", "--content"]).arg(&folder);
    written_document(&command.output().unwrap());
    assert_found(&folder, &["description mot.md:2:9", "error author mot.md:4:10"]);
}

#[test]
fn a_title_that_gives_no_slug_is_refused() {
    let folder = folder("new-refused", &[]);
    for (arguments, message) in [
        (vec!["new", "???"], "add --slug a-name"),
        (vec!["new", "Một", "--slug", "../x"], "cannot be the name of a document"),
        (
            vec!["new", &"dài ".repeat(100), "--slug", "x"],
            "The document cannot be created: field “title”: has 399 characters, at most 300 may be",
        ),
    ] {
        let output = run("en", &arguments, &folder);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output.stderr).contains(message), "{}", text(&output.stderr));
    }
    assert_eq!(fs::read_dir(folder.join("articles")).unwrap().count(), 0);
}
