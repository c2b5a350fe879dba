//! Parses the command line, with help and errors in the user's language. The English help texts are the doc comments of
//! the commands and arguments; `texts` has the same in Vietnamese, and `mistakes` the Vietnamese error messages.

mod mistakes;
mod texts;

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches};

use crate::language::Language;
use texts::{HELP, TEXTS, VALUE_NAMES, VERSION};

const TEMPLATE: &str =
    "{before-help}{about-with-newline}\nCách dùng: {usage}\n\n{all-args}{after-help}";

/// Parses the command line. If it asks for help or is invalid, prints the help or the error and ends the process, with
/// status 2 for an error.
pub fn parse<C: CommandFactory + FromArgMatches>() -> C {
    let command = match Language::current() {
        Language::English => C::command().disable_help_subcommand(true),
        Language::Vietnamese => in_vietnamese(C::command()),
    };
    // Replaces clap's own command `help`, which has only English text.
    let mut words: Vec<_> = std::env::args_os().collect();
    if words.get(1).is_some_and(|word| word == "help") {
        words.remove(1);
        words.push("--help".into());
    }
    let matches = command.try_get_matches_from(words);
    let parsed = matches.and_then(|mut matches| C::from_arg_matches_mut(&mut matches));
    parsed.unwrap_or_else(|error| {
        let is_help = error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand;
        if Language::current() == Language::English || is_help || !error.use_stderr() {
            error.exit();
        }
        eprintln!("{}", mistakes::in_vietnamese(&error));
        std::process::exit(error.exit_code());
    })
}

fn in_vietnamese(command: Command) -> Command {
    let translated = translate(command.disable_help_subcommand(true), "");
    let mut usages = translated.clone();
    usages.build();
    with_usages(translated, &mut usages)
}

/// Translates the help of a command and of its subcommands, except the usage lines. `path` consists of the names of the
/// command and of the commands above it.
fn translate(command: Command, path: &str) -> Command {
    let names: Vec<_> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let ids: Vec<_> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
    let has_version = command.get_version().is_some();
    let mut command = command
        .help_template(TEMPLATE)
        .subcommand_value_name("LỆNH")
        .subcommand_help_heading("Các lệnh")
        .disable_help_flag(true)
        .disable_version_flag(true);
    if let Some(texts) = TEXTS.iter().find(|texts| texts.command == path) {
        command = command.about(texts.about).long_about(None);
    }
    for id in ids {
        command = command.mut_arg(&id, |arg| translate_argument(arg, path));
    }
    for name in names {
        let path = below(path, &name);
        command = command.mut_subcommand(&name, |sub| translate(sub, &path));
    }
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help).help(HELP);
    command = command.arg(help.help_heading("Tùy chọn"));
    if has_version {
        let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
        command = command.arg(version.help(VERSION).help_heading("Tùy chọn"));
    }
    command
}

fn translate_argument(arg: Arg, path: &str) -> Arg {
    let Some(text) = text_of_argument(path, arg.get_id().as_str()) else { return arg };
    let heading = if arg.is_positional() { "Đối số" } else { "Tùy chọn" };
    let arg = arg.long_help(None).help_heading(heading);
    let Some(name) = shown_value_name(&arg) else { return arg.help(text) };
    // clap would show default and possible values in English.
    let mut text = text.to_owned();
    let defaults: Vec<_> =
        arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() {
        text = format!("{text} [mặc định: {}]", defaults.join(", "));
    }
    let values = arg.get_possible_values();
    let values: Vec<_> = values.iter().map(|value| value.get_name()).collect();
    if !values.is_empty() {
        text = format!("{text} [chọn một: {}]", values.join(", "));
    }
    let arg = arg.help(text).hide_default_value(true).hide_possible_values(true);
    match VALUE_NAMES.iter().find(|(english, _)| *english == name) {
        Some((_, vietnamese)) => arg.value_name(vietnamese),
        None => arg,
    }
}

fn text_of_argument(path: &str, id: &str) -> Option<&'static str> {
    let texts = TEXTS.iter().find(|texts| texts.command == path)?;
    texts.arguments.iter().find(|(argument, _)| *argument == id).map(|(_, text)| *text)
}

/// The placeholder of an argument's value, as clap shows it.
fn shown_value_name(arg: &Arg) -> Option<String> {
    let takes_value = arg.is_positional() || arg.get_action().takes_values();
    let named = arg.get_value_names().and_then(|names| names.first().map(ToString::to_string));
    takes_value.then(|| named.unwrap_or_else(|| arg.get_id().as_str().to_owned()))
}

/// Sets the usage lines of a command and its subcommands in Vietnamese. clap writes them for `built`, a completed copy
/// of the command, because it knows which arguments are required; only the English words in them are replaced.
fn with_usages(command: Command, built: &mut Command) -> Command {
    let usage = built.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[TÙY CHỌN]");
    let names: Vec<_> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command =
        names.iter().fold(command, |command, name| match built.find_subcommand_mut(name) {
            Some(built) => command.mut_subcommand(name, |sub| with_usages(sub, built)),
            None => command,
        });
    command.override_usage(usage)
}

fn below(path: &str, name: &str) -> String {
    format!("{path} {name}").trim_start().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Calls `see` for each command that the help shows, with its path.
    fn for_each(command: &Command, path: &str, see: &mut impl FnMut(&str, &Command)) {
        see(path, command);
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            for_each(sub, &below(path, sub.get_name()), see);
        }
    }

    #[test]
    fn every_command_and_every_argument_has_its_vietnamese_text_and_no_text_is_left_over() {
        let mut left: Vec<(&str, &str)> = TEXTS
            .iter()
            .flat_map(|texts| {
                let arguments = texts.arguments.iter().map(|(id, _)| (texts.command, *id));
                std::iter::once((texts.command, "")).chain(arguments)
            })
            .collect();
        let mut missing = Vec::new();
        for_each(&crate::Command::command(), "", &mut |path, command| {
            let mut shown = vec![String::new()];
            for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
                shown.push(arg.get_id().to_string());
                let name = shown_value_name(arg);
                let is_translated =
                    |name: &String| VALUE_NAMES.iter().any(|(english, _)| english == name);
                missing.extend(name.filter(|name| !is_translated(name)));
            }
            for id in shown {
                match left.iter().position(|text| *text == (path, id.as_str())) {
                    Some(position) => drop(left.swap_remove(position)),
                    None => missing.push(format!("{path} {id}")),
                }
            }
        });
        assert!(missing.is_empty(), "crates/cong/src/help/texts.rs lacks {missing:?}");
        assert!(left.is_empty(), "crates/cong/src/help/texts.rs has texts of nothing: {left:?}");
    }

    #[test]
    fn the_help_of_every_command_is_in_vietnamese_in_full() {
        let mut command = in_vietnamese(crate::Command::command());
        command.build();
        let mut helps = Vec::new();
        for_each(&command, "", &mut |path, command| {
            let command = command.clone();
            helps.push((path.to_owned(), command.clone().render_help().to_string()));
            helps.push((path.to_owned(), command.clone().render_long_help().to_string()));
        });
        assert!(helps.len() > 8);
        for (path, help) in helps {
            assert!(help.contains("Cách dùng: cargo run"), "{path}:\n{help}");
            for english in
                ["Usage", "Options:", "OPTIONS", "Arguments:", "Commands:", "default", "Print"]
            {
                assert!(!help.contains(english), "{english:?} in the help of {path:?}:\n{help}");
            }
        }
    }
}
