//! `cong dev`: installs the tools, builds the portal, fills local storage, serves the portal, and shuts it down
//! cleanly.

use std::io::Read;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;

use crate::access::StandIn;
use crate::build::{build_step, install_tools};
use crate::console::{Outcome, step};
use crate::content;
use crate::input_hash::hash_files;
use crate::interrupt;
use crate::language::say;
use crate::process::{self, wait};
use crate::wrangler::{Wrangler, migrate, migrations};

/// The maximum time from the start of wrangler until it serves the first page.
const START_LIMIT: Duration = Duration::from_secs(120);

#[derive(Args)]
pub struct DevOptions {
    /// The port: the portal is served at http://localhost:PORT.
    #[arg(long, default_value_t = 8787, value_parser = port_number)]
    port: u16,
    /// The folder of local storage.
    #[arg(long, default_value = ".wrangler/state", value_name = "DIR")]
    state: PathBuf,
    /// The folder with documents and files to fill local storage with.
    #[arg(long, default_value = "content", value_name = "DIR")]
    content: PathBuf,
    /// Override a setting of wrangler.toml or .dev.vars, as NAME:VALUE; may be repeated.
    #[arg(long = "var", value_name = "NAME:VALUE")]
    vars: Vec<String>,
    /// The script with the Worker's entry point, instead of `main` in wrangler.toml, for tests.
    #[arg(long, hide = true)]
    entry: Option<PathBuf>,
    /// Stop the portal when standard input closes, for tests.
    #[arg(long, hide = true)]
    until_stdin_closes: bool,
}

pub fn run(root: &Path, options: &DevOptions) -> Result<()> {
    if options.until_stdin_closes {
        thread::spawn(|| {
            let mut ignored = [0; 64];
            while std::io::stdin().read(&mut ignored).is_ok_and(|read| read > 0) {}
            interrupt::interrupt();
        });
    }
    let port = options.port;
    ensure_free(port)?;
    let started = Instant::now();
    install_tools(root)?;
    build_step(root)?;

    let wrangler = Wrangler { root: root.to_owned(), state: root.join(&options.state) };
    std::fs::create_dir_all(&wrangler.state).with_context(|| {
        say!("Không tạo được thư mục dữ liệu", "The storage folder cannot be made")
    })?;
    step(&say!("cơ sở dữ liệu", "databases"), |progress| {
        let fingerprint = hash_files(root, migrations(root)?)?;
        if wrangler.stamp_matches("migrations", &fingerprint) {
            return Outcome::skipped(say!("đã ở lược đồ mới nhất", "at the newest schema"));
        }
        let databases = migrate(&wrangler, progress)?;
        std::fs::write(wrangler.stamp("migrations"), fingerprint)?;
        Outcome::done(say!(
            "đã đưa {databases} cơ sở dữ liệu lên lược đồ mới nhất",
            "{databases} databases brought to the newest schema"
        ))
    })?;
    step(&say!("bài và tệp", "content"), |progress| {
        content::fill(&wrangler, &root.join(&options.content), progress)
    })?;

    // If the option `--var` sets `ACCESS_TEAM`, developers sign in with the real Cloudflare Access instead of the
    // stand-in.
    let has_own_team = options.vars.iter().any(|var| var.starts_with("ACCESS_TEAM:"));
    let stand_in = match has_own_team {
        true => None,
        false => Some(StandIn::start(&wrangler.state, port)?),
    };
    let mut server = serve(&wrangler, options, stand_in.as_ref())?;
    let answered = wait_until_answering(&mut server, port);
    if let Err(error) = answered {
        process::end(&mut server)?;
        return Err(error);
    }
    let seconds = started.elapsed().as_secs_f32();
    eprintln!(
        "{}",
        say!(
            "✓ http://localhost:{port} đã chạy, {seconds:.1} giây sau khi bắt đầu. Ctrl-C để dừng.",
            "✓ http://localhost:{port} answers, {seconds:.1} s after the start. Ctrl-C ends it."
        )
    );
    if let Some(stand_in) = &stand_in {
        eprintln!(
            "{}",
            say!(
                "  Bàn biên tập: http://localhost:{port}/bien-tap, đăng nhập tại {} thay cho Cloudflare Access.",
                "  The editors' desk: http://localhost:{port}/bien-tap, with sign-in by {} in place of Cloudflare Access.",
                stand_in.team(),
            )
        );
    }
    let status = wait(&mut server)?;
    bail!(say!(
        "wrangler dev tự dừng ({status}); thông báo của nó ở ngay trên",
        "wrangler dev ended by itself ({status}); its messages are above"
    ))
}

fn port_number(text: &str) -> Result<u16, String> {
    let number = text.parse().ok().filter(|number| *number != 0);
    number.ok_or_else(|| say!("phải là một số từ 1 đến 65535", "not a number from 1 to 65535"))
}

fn ensure_free(port: u16) -> Result<()> {
    let taken = ["127.0.0.1", "::1"].iter().any(|address| {
        let bound = TcpListener::bind((*address, port));
        bound.is_err_and(|error| error.kind() == std::io::ErrorKind::AddrInUse)
    });
    if taken {
        let other = port.checked_add(1).unwrap_or(8787);
        bail!(say!(
            "Cổng mạng {port} đang được chương trình khác dùng. Hãy tắt chương trình ấy, hoặc chọn số khác: cargo run dev --port {other}",
            "Port {port} is taken by another program. End that program, or choose another port: cargo run dev --port {other}"
        ));
    }
    Ok(())
}

fn serve(wrangler: &Wrangler, options: &DevOptions, stand_in: Option<&StandIn>) -> Result<Child> {
    let mut command = wrangler.command(&["dev"])?;
    if let Some(entry) = &options.entry {
        command.arg(entry);
    }
    command.arg("--port").arg(options.port.to_string());
    // If wrangler.toml has routes, `wrangler dev` uses their host, and the portal on this machine would refuse
    // its own forms because the origin differs.
    if has_routes(&std::fs::read_to_string(wrangler.root.join("wrangler.toml"))?) {
        command.arg("--host").arg(format!("localhost:{}", options.port));
    }
    // The portal must know its address with the port: canonical addresses begin with it, and sign-in and webhooks
    // without https are allowed on localhost only.
    command.arg("--var").arg(format!("BASE_URL:http://localhost:{}", options.port));
    let sign_in = stand_in.map(StandIn::settings);
    for var in sign_in.iter().flatten().chain(&options.vars) {
        command.arg("--var").arg(var);
    }
    // Port 0 gives each of several portals on one machine its own inspector port.
    command.args(["--inspector-port", "0", "--show-interactive-dev-session=false"]);
    command
        .spawn()
        .with_context(|| say!("Không khởi động được wrangler", "wrangler could not be started"))
}

/// Whether `settings`, the text of wrangler.toml, contains routes (the addresses at which the deployed Worker is
/// served).
fn has_routes(settings: &str) -> bool {
    let settings = settings.parse::<toml::Table>().unwrap_or_default();
    ["route", "routes"].iter().any(|name| settings.contains_key(*name))
}

/// Polls the home page until it answers.
fn wait_until_answering(server: &mut Child, port: u16) -> Result<()> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(10)))
        .http_status_as_error(false)
        .build()
        .into();
    let url = format!("http://localhost:{port}/");
    let started = Instant::now();
    loop {
        if agent.get(&url).call().is_ok_and(|response| response.status() == 200) {
            return Ok(());
        }
        if let Some(status) = server.try_wait()? {
            bail!(say!(
                "wrangler dev không khởi động được ({status}); thông báo của nó ở ngay trên",
                "wrangler dev could not start ({status}); its messages are above"
            ));
        }
        if interrupt::is_interrupted() {
            bail!(interrupt::Interrupted);
        }
        if started.elapsed() > START_LIMIT {
            let seconds = START_LIMIT.as_secs();
            bail!(say!(
                "Sau {seconds} giây trang vẫn chưa trả lời",
                "The portal did not answer within {seconds} s"
            ));
        }
        thread::sleep(Duration::from_millis(100));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_are_found_in_either_form() {
        for settings in
            ["route = \"cong.example.vn/*\"", "routes = [{ pattern = \"cong.example.vn\" }]"]
        {
            assert!(has_routes(settings), "{settings}");
        }
        assert!(!has_routes("name = \"cong\"\n# routes = []\n[vars]\nroutes = \"\""));
    }
}
