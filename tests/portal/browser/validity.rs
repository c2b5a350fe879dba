//! Checks the validity of HTML and CSS.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use cssparser::{
    AtRuleParser, BasicParseErrorKind, CowRcStr, DeclarationParser, ParseError, Parser,
    ParserInput, ParserState, QualifiedRuleParser, RuleBodyItemParser, RuleBodyParser,
    StyleSheetParser, Token,
};
use serde::Deserialize;

use super::inspection::Found;
use super::tab::Tab;
use crate::harness::{root, scratch};

/// Returns the errors that an HTML parser according to the standard finds.
pub fn parse_errors(found: &Found) -> Vec<String> {
    let document = scraper::Html::parse_document(&found.html);
    document.errors.iter().map(ToString::to_string).collect()
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "type")]
    kind: String,
    url: String,
    message: String,
    #[serde(default)]
    extract: String,
}

#[derive(Deserialize)]
struct Messages {
    messages: Vec<Message>,
}

/// Returns the messages of the Nu Html Checker about all pages. Returns none if Java is not installed.
pub fn checked(all: &[&Found]) -> Vec<String> {
    let java = Command::new("java").arg("-version").output();
    if !java.is_ok_and(|java| java.status.success()) {
        return Vec::new();
    }
    let folder = scratch("html");
    for found in all {
        fs::write(folder.join(format!("{}.html", found.kind.name)), &found.html).unwrap();
    }
    let output = Command::new("java")
        .args(["-Xss4m", "-jar"])
        .arg(root().join("node_modules/vnu-jar/build/dist/vnu.jar"))
        .args(["--format", "json", "--stdout", "--exit-zero-always", "--skip-non-html"])
        .arg(&folder)
        .output()
        .unwrap();
    let answer: Messages = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{error}: {}", String::from_utf8_lossy(&output.stderr));
    });
    // Report a mistake that a list repeats in each of its rows only once.
    let mut told = BTreeMap::new();
    for message in answer.messages.iter().filter(|message| message.kind != "info") {
        let page = message.url.rsplit('/').next().unwrap_or_default();
        told.entry((page, &message.message)).or_insert(&message.extract);
    }
    let told = told.into_iter();
    told.map(|((page, message), extract)| format!("{page}: {message} in {extract:?}")).collect()
}

/// Returns the syntax errors of a stylesheet, and its declarations that the browser does not understand.
pub fn misunderstood(tab: &mut Tab, css: &str) -> Vec<String> {
    let mut read = Declarations::default();
    let mut input = ParserInput::new(css);
    let mut parser = Parser::new(&mut input);
    let broken = StyleSheetParser::new(&mut parser, &mut read).filter_map(Result::err);
    let broken: Vec<_> =
        broken.map(|(error, text)| format!("{:?} in {text}", error.kind)).collect();
    read.problems.extend(broken);
    assert!(read.all.len() > 20, "the stylesheet has too few declarations");
    let all = serde_json::to_string(&read.all).unwrap();
    let unknown: Vec<String> = tab.ask(&format!(
        "{all}.filter(([name, value]) => !CSS.supports(name, value)).map(pair => pair.join(': '))"
    ));
    read.problems.into_iter().chain(unknown).collect()
}

/// Collects the declarations in a stylesheet, including those in nested rules.
#[derive(Default)]
struct Declarations {
    all: Vec<(String, String)>,
    problems: Vec<String>,
}

impl Declarations {
    fn body<'i>(&mut self, input: &mut Parser<'i, '_>) {
        let broken = RuleBodyParser::new(input, self).filter_map(Result::err);
        let broken: Vec<_> =
            broken.map(|(error, text)| format!("{:?} in {text}", error.kind)).collect();
        self.problems.extend(broken);
    }

    fn skip_rest<'i>(input: &mut Parser<'i, '_>) -> String {
        let start = input.position();
        while input.next_including_whitespace_and_comments().is_ok() {}
        input.slice_from(start).trim().to_owned()
    }
}

impl<'i> AtRuleParser<'i> for Declarations {
    type Prelude = String;
    type AtRule = ();
    type Error = ();

    fn parse_prelude<'t>(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i, 't>,
    ) -> Result<String, ParseError<'i, ()>> {
        Self::skip_rest(input);
        Ok(name.to_string())
    }

    fn rule_without_block(&mut self, _: String, _: &ParserState) -> Result<(), ()> {
        Ok(())
    }

    fn parse_block<'t>(
        &mut self,
        name: String,
        _: &ParserState,
        input: &mut Parser<'i, 't>,
    ) -> Result<(), ParseError<'i, ()>> {
        // These rules have descriptors, which are not properties.
        if ["font-face", "property", "page", "counter-style"].contains(&name.as_str()) {
            Self::skip_rest(input);
        } else {
            self.body(input);
        }
        Ok(())
    }
}

impl<'i> QualifiedRuleParser<'i> for Declarations {
    type Prelude = ();
    type QualifiedRule = ();
    type Error = ();

    fn parse_prelude<'t>(&mut self, input: &mut Parser<'i, 't>) -> Result<(), ParseError<'i, ()>> {
        Self::skip_rest(input);
        Ok(())
    }

    fn parse_block<'t>(
        &mut self,
        (): (),
        _: &ParserState,
        input: &mut Parser<'i, 't>,
    ) -> Result<(), ParseError<'i, ()>> {
        self.body(input);
        Ok(())
    }
}

impl<'i> DeclarationParser<'i> for Declarations {
    type Declaration = ();
    type Error = ();

    fn parse_value<'t>(
        &mut self,
        name: CowRcStr<'i>,
        input: &mut Parser<'i, 't>,
        _: &ParserState,
    ) -> Result<(), ParseError<'i, ()>> {
        let start = input.position();
        loop {
            match input.next_including_whitespace_and_comments() {
                // This is a nested rule, not a declaration.
                Ok(Token::CurlyBracketBlock) => {
                    return Err(input.new_error(BasicParseErrorKind::QualifiedRuleInvalid));
                }
                Ok(_) => {}
                Err(_) => break,
            }
        }
        let value = input.slice_from(start).trim();
        let value = value.strip_suffix("!important").unwrap_or(value).trim_end();
        self.all.push((name.to_string(), value.to_owned()));
        Ok(())
    }
}

impl<'i> RuleBodyItemParser<'i, (), ()> for Declarations {
    fn parse_declarations(&self) -> bool {
        true
    }

    fn parse_qualified(&self) -> bool {
        true
    }
}
