//! `cong upload`. All tests but one replace wrangler by the stand-in tests/wrangler.mjs, which stores the uploaded data
//! and records each call.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::harness::{
    VIETNAMESE, assert_says, command_line, cong, descendants, eventually, root, scratch,
    wrangler_on,
};

/// A folder of articles, in a repository whose wrangler is replaced by the stand-in.
struct Desk {
    folder: PathBuf,
}

impl Desk {
    fn new(name: &str) -> Self {
        let folder = scratch(&format!("upload-{name}"));
        fs::copy(root().join("wrangler.toml"), folder.join("wrangler.toml")).unwrap();
        for below in ["node_modules/.bin", "content/articles", "content/files", "static"] {
            fs::create_dir_all(folder.join(below)).unwrap();
        }
        let stand_in = root().join("tests/wrangler.mjs");
        symlink(stand_in, folder.join("node_modules/.bin/wrangler")).unwrap();
        Self { folder }
    }

    /// Makes a folder with two articles, and a picture that both show.
    fn with_sample(name: &str) -> Self {
        let desk = Self::new(name);
        desk.write("files/anh.png", b"\x89PNG");
        desk.article("mot", "![Con suối](anh.png)");
        desk.article("hai", "![Con suối](anh.png)");
        desk
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        fs::write(self.folder.join("content").join(path), bytes).unwrap();
    }

    fn article(&self, slug: &str, text: &str) {
        let fields = format!("title = \"Bài {slug}\"\nupdated = 2024-03-01\nauthor = \"An\"");
        self.write(
            &format!("articles/{slug}.md"),
            format!("+++\n{fields}\n+++\n{text}\n").as_bytes(),
        );
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.folder.join("content").join(path)).unwrap();
    }

    fn command(&self, options: &[&str]) -> Command {
        let mut command = cong();
        command.arg("upload").args(options).current_dir(&self.folder).stdin(Stdio::null());
        command
    }

    /// Runs `cong upload --remote`, and returns the printed plan.
    #[track_caller]
    fn upload(&self, options: &[&str]) -> String {
        let output = self.command(&[&["--remote"], options].concat()).output().unwrap();
        assert!(output.status.success(), "{}", errors(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs `cong upload --remote`, asserts the exit status, and returns the error output.
    #[track_caller]
    fn assert_ends(&self, status: i32, options: &[&str]) -> String {
        let output = self.command(&[&["--remote"], options].concat()).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{}", errors(&output));
        errors(&output)
    }

    /// Makes one of the next calls of wrangler fail.
    fn fault(&self, fault: Value) {
        fs::write(self.folder.join("fault.json"), fault.to_string()).unwrap();
    }

    /// Returns the calls of wrangler since this function was last called, each as `command binding: keys`. Calls that
    /// only list keys are left out.
    fn writes(&self) -> Vec<String> {
        let writes = self.calls().into_iter().filter(|call| call["command"] != "kv key list");
        writes
            .map(|call| {
                let [command, binding] =
                    ["command", "binding"].map(|name| call[name].as_str().unwrap());
                format!(
                    "{} {binding}: {}",
                    command.trim_start_matches("kv "),
                    keys(&call).join(" ")
                )
            })
            .collect()
    }

    fn calls(&self) -> Vec<Value> {
        let path = self.folder.join("calls.jsonl");
        let calls = fs::read_to_string(&path).unwrap_or_default();
        let _ = fs::remove_file(path);
        calls.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn stored(&self) -> Value {
        serde_json::from_str(&fs::read_to_string(self.folder.join("kv.json")).unwrap()).unwrap()
    }

    /// Stores an article as wrangler does, without the tool.
    fn put_by_hand(&self, slug: &str, metadata: Value) {
        let mut stored = self.stored();
        stored["ARTICLES"][slug] = json!({ "value": "by hand", "metadata": metadata });
        fs::write(self.folder.join("kv.json"), stored.to_string()).unwrap();
    }
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn keys(call: &Value) -> Vec<&str> {
    call["keys"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect()
}

#[test]
fn only_changes_are_uploaded_and_files_before_articles() {
    let desk = Desk::with_sample("changes");
    let plan = desk.upload(&[]);
    assert_says(&plan, &["to the public portal", "documents: 2 new, 0 changed", "files: 1 new"]);
    assert_says(&plan, &["to be uploaded, new (2):\n    hai\n    mot\n"]);
    assert_eq!(desk.writes(), ["bulk put FILES: anh.png", "bulk put ARTICLES: hai mot"]);
    let stored = desk.stored();
    let document = fs::read_to_string(desk.folder.join("content/articles/mot.md")).unwrap();
    assert_eq!(stored["ARTICLES"]["mot"]["value"], document);
    assert_eq!(stored["FILES"]["anh.png"]["value"], "iVBORw==");
    let rev = |stored: &Value, slug: &str| stored["ARTICLES"][slug]["metadata"]["rev"].clone();
    assert!(rev(&stored, "mot").as_str().unwrap().starts_with("content-"), "{stored}");

    assert_says(
        &desk.upload(&[]),
        &["documents: 0 new, 0 changed, 2 unchanged, 0 no longer in the folder"],
    );
    assert_eq!(desk.writes(), [""; 0]);

    desk.article("hai", "Viết lại.");
    desk.article("ba", "Bài thứ ba.");
    desk.remove("articles/mot.md");
    let plan = desk.upload(&[]);
    assert_says(&plan, &["documents: 1 new, 1 changed, 0 unchanged, 1 no longer in the folder"]);
    assert_says(&plan, &["no longer in the folder, left on the portal (1):\n    mot\n"]);
    assert_eq!(desk.writes(), ["bulk put ARTICLES: ba hai"]);
    assert_ne!(rev(&desk.stored(), "hai"), rev(&stored, "hai"));
    assert_eq!(rev(&desk.stored(), "mot"), rev(&stored, "mot"));
}

#[test]
fn a_dry_run_prints_the_plan_and_changes_nothing() {
    let desk = Desk::with_sample("dry-run");
    assert_says(&desk.upload(&["--dry-run"]), &["documents: 2 new", "files: 1 new"]);
    assert_eq!(desk.writes(), [""; 0]);
}

#[test]
fn a_long_list_in_the_plan_is_shortened() {
    let desk = Desk::new("long");
    (0..45).for_each(|number| desk.article(&format!("bai-{number:02}"), "Bài."));
    let plan = desk.upload(&["--dry-run"]);
    assert_says(&plan, &["    bai-19\n    … and 25 more\n"]);
    assert!(!plan.contains("bai-20"), "{plan}");
}

#[test]
fn local_storage_is_the_default_target() {
    let desk = Desk::with_sample("default");
    for (options, is_remote) in [(&[][..], false), (&["--local"], false), (&["--remote"], true)] {
        let output = desk.command(&[options, &["--dry-run"]].concat()).output().unwrap();
        assert!(output.status.success(), "{}", errors(&output));
        let calls = desk.calls();
        assert_eq!(calls.len(), 2, "{calls:?}");
        assert!(calls.iter().all(|call| call["remote"] == is_remote), "{options:?}: {calls:?}");
    }
}

#[test]
fn a_folder_with_errors_is_not_uploaded() {
    let desk = Desk::with_sample("errors");
    desk.write("articles/hong.md", b"+++\ntitle = 3\n+++\n");
    let said = desk.assert_ends(1, &["--yes", "--delete"]);
    assert_says(&said, &["hong.md:2", "errors: nothing was uploaded"]);
    assert!(desk.calls().is_empty());
}

#[test]
fn deletions_come_last_and_need_confirmation() {
    let desk = Desk::with_sample("delete");
    desk.upload(&[]);
    desk.remove("articles/mot.md");
    desk.article("hai", "Không còn ảnh.");
    desk.remove("files/anh.png");
    desk.writes();
    let said = desk.assert_ends(1, &["--delete"]);
    assert_says(
        &said,
        &["2 documents and files would be taken down, but there is no terminal to ask"],
    );
    assert_eq!(desk.writes(), [""; 0]);

    let plan = desk.upload(&["--delete", "--yes"]);
    assert_says(
        &plan,
        &["to be taken down (1):\n    mot\n", "to be taken down (1):\n    anh.png\n"],
    );
    let writes = desk.writes();
    assert_eq!(
        writes,
        ["bulk put ARTICLES: hai", "bulk delete ARTICLES: mot", "bulk delete FILES: anh.png"]
    );
    assert_eq!(desk.stored()["FILES"], json!({}));

    desk.remove("articles/hai.md");
    let said = desk.assert_ends(1, &["--delete", "--yes"]);
    assert_says(&said, &["has no documents", "is it the right folder?"]);
}

#[test]
fn nothing_is_deleted_after_a_failed_upload() {
    let desk = Desk::with_sample("failed");
    desk.upload(&[]);
    desk.remove("articles/mot.md");
    desk.article("hai", "Viết lại.");
    desk.writes();
    desk.fault(json!({ "command": "kv bulk put", "says": "Something happened" }));
    let said = desk.assert_ends(1, &["--delete", "--yes"]);
    assert_says(&said, &["✗ wrangler could not write to ARTICLES", "Something happened"]);
    assert_eq!(desk.writes(), ["bulk put ARTICLES: hai"]);
}

#[test]
fn after_a_crash_of_wrangler_the_next_upload_does_only_the_rest() {
    let desk = Desk::new("broken-off");
    (0..8).for_each(|number| desk.article(&format!("bai-{number}"), "Bài."));
    desk.fault(json!({ "command": "kv bulk put" }));
    assert_says(
        &desk.assert_ends(1, &[]),
        &["✗ wrangler could not write to ARTICLES", "no reason"],
    );
    assert_eq!(desk.writes().len(), 1);
    fs::remove_file(desk.folder.join("fault.json")).unwrap();
    assert_says(&desk.upload(&[]), &["documents: 4 new, 0 changed, 4 unchanged"]);
    assert_eq!(desk.writes(), ["bulk put ARTICLES: bai-4 bai-5 bai-6 bai-7"]);
}

#[test]
fn ctrl_c_ends_all_processes_and_the_next_upload_does_the_rest() {
    let desk = Desk::with_sample("interrupted");
    desk.fault(json!({ "command": "kv bulk put", "nth": 2, "hangs": true }));
    let process = desk.command(&["--remote"]).stderr(Stdio::piped()).spawn().unwrap();
    eventually("the second bulk upload hangs", || desk.folder.join("hangs").exists().then_some(()));
    let family = descendants(process.id());
    assert!(family.len() > 2, "{family:?}");
    let asked = Command::new("kill").args(["-INT", &process.id().to_string()]).status();
    assert!(asked.unwrap().success());
    let output = process.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", errors(&output));
    assert_says(&errors(&output), &["What was uploaded stays; run this command again"]);
    eventually("no process is left", || {
        family.iter().all(|pid| command_line(*pid).is_none()).then_some(())
    });
    assert!(!desk.folder.join(".wrangler/cong-scratch.json").exists());

    desk.calls();
    fs::remove_file(desk.folder.join("fault.json")).unwrap();
    assert_says(&desk.upload(&[]), &["documents: 1 new, 0 changed, 1 unchanged"]);
    assert_eq!(desk.writes(), ["bulk put ARTICLES: mot"]);
}

#[test]
fn many_articles_are_uploaded_in_batches_and_a_large_file_alone() {
    let desk = Desk::new("parts");
    (0..1201).for_each(|number| desk.article(&format!("bai-{number:04}"), "Bài."));
    desk.write("files/lon.bin", &vec![0xff; 25 * 1024 * 1024]);
    desk.write("files/nho.bin", &[0xff; 100]);
    desk.upload(&[]);
    let calls = desk.calls();
    let writes: Vec<_> = calls
        .iter()
        .filter(|call| call["command"] != "kv key list")
        .map(|call| (call["command"].as_str().unwrap(), keys(call).len()))
        .collect();
    let part = "kv bulk put";
    assert_eq!(writes, [("kv key put", 1), (part, 1), (part, 500), (part, 500), (part, 201)]);
    let large = &desk.stored()["FILES"]["lon.bin"];
    assert_eq!(large["value"], "26214400 bytes");
    assert!(large["metadata"]["rev"].as_str().unwrap().starts_with("content-"), "{large}");
    assert_says(&desk.upload(&[]), &["documents: 0 new, 0 changed, 1.201 unchanged"]);
    assert_eq!(desk.writes(), [""; 0]);
}

#[test]
fn articles_stored_by_hand_are_changed_only_with_force() {
    let desk = Desk::with_sample("by-hand");
    desk.upload(&[]);
    desk.put_by_hand("hai", json!({ "rev": "2" }));
    desk.put_by_hand("khac", Value::Null);
    desk.article("mot", "Viết lại.");
    desk.writes();
    let output = desk.command(&["--remote", "--delete", "--yes"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let plan = String::from_utf8_lossy(&output.stdout);
    assert_says(&plan, &["changed by hand on the portal, left unchanged (1):\n    hai\n"]);
    assert_says(&plan, &["only on the portal, stored by hand, left unchanged (1):\n    khac\n"]);
    assert_says(
        &errors(&output),
        &["changed by hand on the portal, and therefore not uploaded: 1.", "--force"],
    );
    assert_eq!(desk.writes(), ["bulk put ARTICLES: mot"]);

    desk.upload(&["--force", "--delete", "--yes"]);
    assert_eq!(desk.writes(), ["bulk put ARTICLES: hai", "bulk delete ARTICLES: khac"]);
    assert_says(
        &desk.upload(&[]),
        &["documents: 0 new, 0 changed, 2 unchanged, 0 no longer in the folder"],
    );
}

#[test]
fn errors_of_wrangler_are_printed_with_advice() {
    let desk = Desk::with_sample("advice");
    for (says, advice) in [
        ("it's necessary to set a CLOUDFLARE_API_TOKEN environment variable", "npx wrangler login"),
        ("Unable to resolve Cloudflare's API hostname", "Check the network"),
        ("No KV namespace ID found for binding \"FILES\"", "npx wrangler deploy"),
    ] {
        desk.fault(json!({ "command": "kv key list", "says": format!("\x1b[31m{says}\x1b[0m") }));
        desk.calls();
        let said = desk.assert_ends(1, &[]);
        assert_says(&said, &["✗ wrangler could not list the keys of FILES", advice, says]);
        assert!(!said.contains('\x1b'), "{said:?}");
    }
}

#[test]
fn upload_prints_vietnamese_with_a_vietnamese_locale() {
    let desk = Desk::with_sample("vietnamese");
    let run = |words: &[&str]| {
        let mut command = cong();
        command.args(words).current_dir(&desk.folder).stdin(Stdio::null());
        let output = command.env(VIETNAMESE.0, VIETNAMESE.1).output().unwrap();
        let said = errors(&output);
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), said)
    };
    let (status, plan, steps) = run(&["upload", "--remote", "--dry-run"]);
    assert_eq!(status, Some(0), "{steps}");
    assert_says(&plan, &["lên cổng công khai", "bài: 2 mới, 0 thay đổi", "tệp: 1 mới"]);
    assert_says(&steps, &["✓ so với cổng: 3 bài và tệp"]);

    let (status, help, _) = run(&["upload", "--help"]);
    assert_eq!(status, Some(0));
    assert_says(&help, &["Cách dùng: cargo run upload [TÙY CHỌN]", "--remote", "công khai"]);
    let (status, _, mistake) = run(&["upload", "--local", "--remote"]);
    assert_eq!(status, Some(2));
    assert_says(&mistake, &["✗ “--local” không dùng cùng với “--remote” được.", "Cách dùng"]);
    let (status, _, mistake) = run(&["uplod"]);
    assert_eq!(status, Some(2));
    assert_says(&mistake, &["✗ Không có lệnh “uplod”.", "Có phải lệnh", "“upload”"]);
    let (status, _, failure) = run(&["upload", "--content", "khong-co"]);
    assert_eq!(status, Some(1));
    assert_says(&failure, &["✗ Không có thư mục articles hay files trong khong-co"]);
}

#[test]
fn local_storage_has_every_uploaded_byte_and_the_rev() {
    let desk = Desk::new("real");
    let state = desk.folder.join("state");
    let document = "\u{feff}+++\r\ntitle = \"Bài\"\r\nupdated = 2024-03-01\r\nauthor = \"An\"\r\n+++\r\nChào.\r\n";
    desk.write("articles/bai.md", document.as_bytes());
    let picture: Vec<u8> = (0..=255).collect();
    desk.write("files/-ảnh 1.png", &picture);
    let large = vec![0xfe; 11 * 1024 * 1024];
    desk.write("files/lon.bin", &large);
    let upload = || {
        let mut command = cong();
        command.arg("upload").arg("--content").arg(desk.folder.join("content"));
        let output = command.arg("--state").arg(&state).output().unwrap();
        assert!(output.status.success(), "{}", errors(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_says(&upload(), &["documents: 1 new", "files: 2 new"]);
    let get = |binding: &str, key: &str| {
        let option = format!("--binding={binding}");
        wrangler_on(&state, &["kv", "key", "get", &option, key]).unwrap()
    };
    assert_eq!(get("ARTICLES", "bai"), document.as_bytes());
    assert_eq!(get("FILES", "lon.bin"), large);
    let listed = wrangler_on(&state, &["kv", "key", "list", "--binding=FILES"]).unwrap();
    let listed: Vec<Value> = serde_json::from_slice(&listed).unwrap();
    let names: Vec<_> = listed.iter().map(|key| key["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["-ảnh 1.png", "lon.bin"]);
    for key in &listed {
        assert!(key["metadata"]["rev"].as_str().unwrap().starts_with("content-"), "{key}");
    }
    assert_says(&upload(), &["documents: 0 new, 0 changed, 1 unchanged", "2 unchanged"]);
}
