//! The contestants: the portal and its peers, which are other implementations of the same pages. Each has its own
//! runtime process. All run at the same time, but requests are sent to only one of them at a time.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, ensure};
use serde_json::json;

use super::peer_article::peer_article;
use super::recording::{Recorded, Recording};
use super::start::Starter;
use crate::hammer::{NUMBER, Target};
use crate::pinning::{Core, pin};
use crate::root;
use crate::runtime::{CONTROL, DEFAULT, Runtime, Worker};
use crate::states::State;

/// The settings of a deployed portal, except that queries to databases may take long, because the machine may be busy.
const PATIENT: [&str; 1] = ["DATABASE_DEADLINE_MS:60000"];
const HONO: &str = "benches/portal/peers/hono.js";
const HONO_SOURCE: &str = "benches/portal/peers/hono.jsx";
const HONO_RECORDED: &str = "benches/portal/peers/recorded.json";
const ANSWERS: &str = "answers.json";
const TRIPS: &str = "benches/portal/peers/trips.mjs";
const FLOOR: &str = "benches/portal/peers/floor.mjs";
const FLOOR_ANSWERS: &str = "benches/portal/peers/answers.json";

pub struct Contestants {
    portal: Runtime,
    floor: Runtime,
    hono: Runtime,
    pub recording: Recording,
}

impl Contestants {
    /// Starts all contestants. Files that are generated for them are written into `folder`.
    pub fn start(state: &State, folder: &Path) -> Result<Self> {
        pin(Core::Serving)?;
        let recording = Recording::make(&state.copied("recording")?, state.rebuild.articles)?;
        let peer = Runtime::start(&state.copied("hono")?, &hono(&recording, folder)?)?;
        peer.put(&[peer_article(&recording)?])?;
        Ok(Self {
            hono: peer,
            portal: Runtime::start(&state.copied("portal")?, &Worker::plain(&PATIENT))?,
            floor: Runtime::start(&state.copied("floor")?, &floor(&recording, folder)?)?,
            recording,
        })
    }

    /// Prepares the measurement of how fast workerd, without services for stores, starts with the portal and with the
    /// peer called the floor (see [`floor`]).
    pub fn starters(&self, folder: &Path) -> Result<[Starter; 2]> {
        let (portal, floor) = (Starter::portal(&self.recording, folder)?, folder.join(ANSWERS));
        Ok([portal, Starter::floor(&floor, folder)?])
    }

    pub fn portal(&self, page: &Recorded) -> Result<Target> {
        target(&self.portal, DEFAULT, page)
    }

    /// Like [`Contestants::portal`], but with a different query parameter in each request, so that the portal has to
    /// render the page each time.
    pub fn portal_anew(&self, page: &Recorded) -> Result<Target> {
        let mut target = self.portal(page)?;
        target.path.push(if target.path.contains('?') { '&' } else { '?' });
        target.path.push_str("lan=");
        target.path.push_str(NUMBER);
        Ok(target)
    }

    pub fn hono(&self, entrypoint: &str, page: &Recorded) -> Result<Target> {
        target(&self.hono, entrypoint, page)
    }

    pub fn floor(&self, entrypoint: &str, page: &Recorded) -> Result<Target> {
        target(&self.floor, entrypoint, page)
    }
}

fn target(runtime: &Runtime, entrypoint: &str, page: &Recorded) -> Result<Target> {
    let if_none_match = if page.status == 304 { Some(page.etag()?.to_owned()) } else { None };
    Ok(Target {
        address: runtime.address(entrypoint)?,
        path: page.path.clone(),
        if_none_match,
        status: page.status,
        process: runtime.workerd(),
    })
}

/// The peer called the floor: plain JavaScript that sends recorded answers of the portal, the least work that is
/// possible.
fn floor(recording: &Recording, folder: &Path) -> Result<Worker> {
    let Recording { article, unchanged, home, list, search, .. } = recording;
    let answers = json!({
        "article": article,
        "unchanged": unchanged,
        "home": home,
        "list": list,
        "search": search,
    });
    Ok(Worker::from_file(FLOOR, FLOOR.into())
        .with_module(TRIPS, TRIPS.into())
        .with_module(FLOOR_ANSWERS, file(folder, ANSWERS, &answers.to_string())?)
        .with_entrypoints(&["articleText", "articleBytes", "articleRead", "articleUnchanged"])
        .with_entrypoints(&["homeText", "listText", "listAsked", "searchText", "searchAsked"]))
}

/// The peer whose pages are written with the framework Hono.
fn hono(recording: &Recording, folder: &Path) -> Result<Worker> {
    let Recording { article, list, search, .. } = recording;
    let recorded = json!({ "article": article, "list": list, "search": search });
    let bundle = folder.join("hono.js");
    let mut esbuild = Command::new(root().join("node_modules/.bin/esbuild"));
    esbuild.current_dir(root()).arg(HONO_SOURCE).arg(format!("--outfile={}", bundle.display()));
    esbuild.args(["--bundle", "--format=esm", "--target=es2022", "--log-level=warning"]);
    esbuild.args(["--jsx=automatic", "--jsx-import-source=hono/jsx"]);
    esbuild.args(["--external:cloudflare:workers", "--external:./recorded.json"]);
    ensure!(esbuild.status()?.success(), "esbuild failed; its message is above");
    Ok(Worker::from_file(HONO, bundle)
        .with_module(HONO_RECORDED, file(folder, "recorded.json", &recorded.to_string())?)
        .with_entrypoints(&["fresh", "freshWithQuery", "memory", CONTROL]))
}

fn file(folder: &Path, name: &str, content: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, content)?;
    Ok(path)
}
