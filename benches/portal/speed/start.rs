//! Measures the time from the start of a runtime process to the first byte of an answer. It is how long a visitor waits
//! if no isolate is running. Only workerd is started here, without the services for its stores.

use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::recording::Recording;
use crate::pinning::{Core, pin};
use crate::root;

/// How many times each Worker is started in a round.
const STARTS: usize = 7;
/// The time limit for one start.
const PATIENCE: Duration = Duration::from_secs(30);
/// The modules of the portal. The runtime loads the first one.
const MODULES: [&str; 3] = ["src/worker.mjs", "build/index.js", "build/index_bg.wasm"];
const OK: &[u8] = b"HTTP/1.1 200 ";

/// Starts workerd with one Worker, whose configuration is in the file `config`.
pub struct Starter {
    config: PathBuf,
}

impl Starter {
    /// Makes a starter of the portal, with its settings and the hot index, which is all that the home page needs.
    pub fn portal(recording: &Recording, folder: &Path) -> Result<Self> {
        let folder = folder.join("portal");
        let index = folder.join("index");
        fs::create_dir_all(&index)?;
        fs::write(index.join("hot"), &recording.hot_index)?;
        for module in MODULES {
            let copy = folder.join(module);
            fs::create_dir_all(copy.parent().context("a module without a folder")?)?;
            fs::copy(root().join(module), copy)?;
        }
        let mut bindings = String::from(r#"(name = "INDEX", kvNamespace = "index"), "#);
        for (name, value) in settings()? {
            write!(bindings, "(name = {}, text = {}), ", quoted(&name), quoted(&value))?;
        }
        let [main, index, wasm] = MODULES;
        let modules = format!(
            r#"(name = "{main}", esModule = embed "{main}"),
            (name = "{index}", esModule = embed "{index}"),
            (name = "{wasm}", wasm = embed "{wasm}")"#
        );
        let stores = r#"(name = "index", disk = (path = "index")),"#;
        Self::write(&folder, &modules, &bindings, stores, "")
    }

    /// Makes a starter of the floor: a Worker that contains the same home page as a constant.
    pub fn floor(answers: &Path, folder: &Path) -> Result<Self> {
        let folder = folder.join("floor");
        fs::create_dir_all(&folder)?;
        for module in ["floor.mjs", "trips.mjs"] {
            fs::copy(root().join("benches/portal/peers").join(module), folder.join(module))?;
        }
        fs::copy(answers, folder.join("answers.json"))?;
        let modules = r#"(name = "floor.mjs", esModule = embed "floor.mjs"),
            (name = "trips.mjs", esModule = embed "trips.mjs"),
            (name = "answers.json", json = embed "answers.json")"#;
        Self::write(&folder, modules, "", "", r#", entrypoint = "homeText""#)
    }

    fn write(
        folder: &Path,
        modules: &str,
        bindings: &str,
        stores: &str,
        entrypoint: &str,
    ) -> Result<Self> {
        let date = wrangler()?.get("compatibility_date").and_then(|date| date.as_str().map(quoted));
        let date = date.context("wrangler.toml has no compatibility date")?;
        let config = folder.join("config.capnp");
        let text = format!(
            r#"using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
    services = [
        {stores}
        (name = "worker", worker = (
            modules = [{modules}],
            bindings = [{bindings}],
            compatibilityDate = {date},
        )),
    ],
    sockets = [(name = "http", http = (), service = (name = "worker"{entrypoint}))],
);
"#
        );
        fs::write(&config, text)?;
        Ok(Self { config })
    }

    /// Returns the median time of several starts.
    pub fn measure(&self) -> Result<Duration> {
        let mut starts = (0..STARTS).map(|_| self.start()).collect::<Result<Vec<_>>>()?;
        starts.sort_unstable();
        Ok(starts[STARTS / 2])
    }

    /// Measures one start. The socket is opened before the runtime starts, so the request can be sent at once and waits
    /// in the socket.
    fn start(&self) -> Result<Duration> {
        let socket = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0))?;
        // Let the runtime inherit the socket.
        rustix::io::fcntl_setfd(&socket, rustix::io::FdFlags::empty())?;
        let mut command = Command::new(root().join("node_modules/.bin/workerd"));
        command.arg("serve").arg(&self.config);
        command.arg(format!("--socket-fd=http={}", socket.as_raw_fd()));
        command.current_dir(self.config.parent().context("a configuration without a folder")?);
        command.stdin(Stdio::null());
        pin(Core::Serving)?;
        let started = Instant::now();
        let process = Started(command.spawn()?);
        pin(Core::Asking)?;
        let beginning = first_bytes(socket.local_addr()?);
        let elapsed = started.elapsed();
        drop(process);
        let beginning = beginning?;
        ensure!(beginning == OK, "the first answer begins {}", String::from_utf8_lossy(&beginning));
        Ok(elapsed)
    }
}

/// A process that is killed when this value is dropped, after its measurement.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn first_bytes(address: SocketAddr) -> Result<Vec<u8>> {
    let mut connection = TcpStream::connect(address)?;
    connection.set_read_timeout(Some(PATIENCE))?;
    connection.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")?;
    let mut beginning = vec![0; OK.len()];
    connection.read_exact(&mut beginning)?;
    Ok(beginning)
}

/// Reads the settings in `[vars]` of wrangler.toml.
fn settings() -> Result<Vec<(String, String)>> {
    let wrangler = wrangler()?;
    let vars = wrangler.get("vars").and_then(toml::Value::as_table);
    let vars = vars.context("wrangler.toml has no settings")?.iter();
    Ok(vars.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect())
}

fn wrangler() -> Result<toml::Table> {
    Ok(fs::read_to_string(root().join("wrangler.toml"))?.parse()?)
}

/// Quotes a text for workerd's configuration, which is in the format of Cap'n Proto.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
