//! Reads an official paper: its head, title, signature and annexes, and the headings of its text.

use cong_core::article::LegalDocument;
use cong_core::markdown_writer::TextRun;

use super::annexes::mark_annexes;
use super::bodies::{IssuingBodies, begins_body, read_bodies};
use super::doubt::PaperDoubt;
use super::header::PaperHeader;
use super::header_lines::{HeaderLine, header_line};
use super::headings::mark_headings;
use super::kind::{LETTER, kind_of_number};
use super::lines::{LineReader, paragraph_of, split_lines, text_of};
use super::names::NameWriter;
use super::number::read_day_of_record;
use super::signature::PaperSignature;
use super::spelling::Spelling;
use super::subject::PaperTitle;
use super::writing::{compact, is_capitals, plain_words, with_capital};
use crate::block::{WordBlock, WordParagraph};

/// An official paper, and its text.
pub struct PaperText {
    pub blocks: Vec<WordBlock>,
    pub paper: OfficialPaper,
}

/// The data read from an official paper.
pub struct OfficialPaper {
    pub fields: LegalDocument,
    /// Kind and subject as one sentence. A letter without a subject has kind and number.
    pub title: Option<String>,
    pub doubts: Vec<PaperDoubt>,
    /// The blocks that were removed from the text.
    pub taken: Vec<WordBlock>,
    /// Lines of the blocks in `taken` that the text contains as well.
    pub repeated: Vec<String>,
}

/// Reads an official paper from the blocks of a file and of its page headers and footers. Returns the blocks unchanged
/// if the file is no official paper.
pub fn read_paper(
    blocks: Vec<WordBlock>,
    margins: &[Vec<WordBlock>],
) -> Result<PaperText, Vec<WordBlock>> {
    let inside = inside_frame(&blocks);
    let head_blocks = inside.unwrap_or(&blocks);
    let Some(header) = PaperHeader::find(head_blocks, margins) else { return Err(blocks) };
    let title = PaperTitle::read(head_blocks.get(header.end..).unwrap_or_default());
    let is_numbered = !header.numbers.is_empty() || header.has_blank_number;
    // A petition of a citizen has the national title too.
    let has_body = || header.bodies.iter().any(|line| begins_body(&plain_words(&line.text)));
    if title.kind.is_none() && !is_numbered && (header.about.is_none() || !has_body()) {
        return Err(blocks);
    }
    let is_letter = header.about.is_some() || begins_letter(head_blocks, header.end);
    let blocks = if inside.is_some() { out_of_frame(blocks) } else { blocks };
    let spelling = Spelling::of(&blocks);
    let names = NameWriter::new(&spelling, header.place.as_deref());
    let mut doubts = Vec::new();
    let mut fields = LegalDocument::default();
    read_header_fields(&header, &title, is_letter, &mut fields, &mut doubts);
    let is_joint = ["phoihop", "lientich", "liennganh"].iter().any(|word| {
        title.kind.is_some_and(|kind| compact(kind.name).contains(word))
            || fields.number.as_ref().is_some_and(|number| is_joint_number(number))
    });
    let IssuingBodies { issuer, parent } = read_bodies(&header.bodies, is_joint, &names);
    (fields.issuer, fields.parent) = (issuer, parent);
    let mut title_text = title.write(header.about.as_deref(), &names);
    if title_text.is_none() && is_letter {
        let kind = fields.kind.clone();
        title_text = kind.map(|kind| match &fields.number {
            Some(number) => format!("{kind} số {number}"),
            None => kind,
        });
    }
    if header.has_contact {
        doubts.push(PaperDoubt::ContactDetails);
    }
    if fields.issuer.is_none() {
        doubts.push(PaperDoubt::NoIssuer);
    }
    if !title.has_subject() && header.about.is_none() {
        doubts.push(PaperDoubt::NoSubject);
    }

    let mut text: Vec<WordBlock> =
        header.kept.iter().map(|line| WordBlock::Paragraph(plain_paragraph(line))).collect();
    text.extend(header.pictures.into_iter().map(WordBlock::Paragraph));
    let mut repeated = header.kept;
    let mut taken = blocks;
    let mut body = taken.split_off((header.end + title.end).min(taken.len()));
    taken.extend(take_contents(&mut body));
    if fields.issued_on.is_none() && !header.has_date_line {
        let lines = body.iter().take(20).filter_map(paragraph_of).map(text_of);
        fields.issued_on = lines.into_iter().find_map(|line| read_day_of_record(&line));
        if fields.issued_on.is_none() {
            doubts.push(PaperDoubt::NoDate);
        }
    }
    match PaperSignature::find(&body, &names) {
        Some(mut signature) => {
            fields.signers = std::mem::take(&mut signature.signers);
            if fields.signers.iter().any(|signer| signer.name.is_none()) {
                doubts.push(PaperDoubt::NoSignerName);
            }
            let after = body.split_off(signature.blocks.end);
            taken.extend(body.drain(signature.blocks.start..));
            repeated.push("Nơi nhận".to_owned());
            repeated.extend(signature.recipients().iter().cloned());
            body.extend(signature.into_blocks());
            body.extend(mark_annexes(after, &mut taken));
        }
        None => body = mark_annexes(body, &mut taken),
    }
    if fields.signers.is_empty() {
        doubts.push(PaperDoubt::NoSigner);
    }
    text.extend(mark_headings(body));
    let paper = OfficialPaper { fields, title: title_text, doubts, taken, repeated };
    Ok(PaperText { blocks: text, paper })
}

fn read_header_fields(
    header: &PaperHeader,
    title: &PaperTitle,
    is_letter: bool,
    fields: &mut LegalDocument,
    doubts: &mut Vec<PaperDoubt>,
) {
    if header.is_draft {
        doubts.push(PaperDoubt::Draft);
    }
    fields.number = match header.numbers.as_slice() {
        [number] => Some(number.clone()),
        [] => title.number.clone(),
        _ => {
            doubts.push(PaperDoubt::SeveralNumbers);
            None
        }
    };
    if fields.number.is_none() && header.numbers.is_empty() {
        doubts.push(match header.has_blank_number {
            true => PaperDoubt::BlankNumber,
            false => PaperDoubt::NoNumber,
        });
    }
    fields.place = header.place.as_deref().map(in_normal_case);
    fields.issued_on = header.issued_on;
    if header.has_date_line && header.issued_on.is_none() {
        doubts.push(PaperDoubt::IncompleteDate);
    }
    let by_number = fields.number.as_deref().and_then(kind_of_number);
    fields.kind = match (title.kind, is_letter, by_number) {
        (Some(kind), ..) => Some(kind.name.to_owned()),
        (None, true, None) => Some(LETTER.to_owned()),
        (None, _, Some(kind)) => {
            doubts.push(PaperDoubt::KindFromNumber);
            Some(kind.name.to_owned())
        }
        (None, false, None) => {
            doubts.push(PaperDoubt::NoKind);
            None
        }
    };
}

/// Converts the name of a place in capitals: each word keeps only its first capital.
fn in_normal_case(place: &str) -> String {
    if !is_capitals(place) {
        return place.to_owned();
    }
    let words = place.split_whitespace().map(|word| with_capital(&word.to_lowercase()));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether the first text below the head names the addressees of a letter.
fn begins_letter(blocks: &[WordBlock], end: usize) -> bool {
    let mut lines = blocks.iter().skip(end).flat_map(LineReader::read);
    lines.next().is_some_and(|line| header_line(&line.text) == HeaderLine::Greeting)
}

/// Whether the abbreviations in the number say that several bodies issue the paper.
fn is_joint_number(number: &str) -> bool {
    const SIGNS: [&str; 9] =
        ["QCPH", "CTPH", "CTrPH", "KHPH", "TTLT", "NQLT", "HDLN", "KHLT", "KHLN"];
    number.split(['/', '-']).any(|part| SIGNS.contains(&part))
}

fn plain_paragraph(text: &str) -> WordParagraph {
    WordParagraph { runs: vec![TextRun::text(text)], ..WordParagraph::default() }
}

/// Returns the blocks inside the frame, if the file begins with a table of one cell that frames the paper.
fn inside_frame(blocks: &[WordBlock]) -> Option<&[WordBlock]> {
    let has_content = |block: &&WordBlock| {
        !paragraph_of(block).is_some_and(|paragraph| {
            text_of(paragraph).is_empty() && paragraph.text_boxes.is_empty()
        })
    };
    match blocks.iter().find(has_content)? {
        WordBlock::Table(table) => match table.rows.as_slice() {
            [row] => match row.as_slice() {
                [cell] if cell.blocks.len() > 4 => Some(&cell.blocks),
                _ => None,
            },
            _ => None,
        },
        WordBlock::Paragraph(_) => None,
    }
}

/// Replaces the frame around the paper by the blocks inside it.
fn out_of_frame(blocks: Vec<WordBlock>) -> Vec<WordBlock> {
    let mut out = Vec::new();
    let mut is_open = true;
    for block in blocks {
        match block {
            WordBlock::Table(table) if is_open => {
                is_open = false;
                out.extend(table.rows.into_iter().flatten().flat_map(|cell| cell.blocks));
            }
            WordBlock::Paragraph(_) if is_open => {}
            block => out.push(block),
        }
    }
    out
}

/// Removes a table of contents from the text and returns its blocks. An article does not keep it, because its page
/// numbers are those of the printed paper.
fn take_contents(blocks: &mut Vec<WordBlock>) -> Vec<WordBlock> {
    let Some(start) = blocks.iter().position(|block| {
        paragraph_of(block).is_some_and(|paragraph| plain_words(&text_of(paragraph)) == "muc luc")
    }) else {
        return Vec::new();
    };
    let is_entry = |paragraph: &WordParagraph| {
        let line = split_lines(&paragraph.runs).concat();
        let page = line.trim_end().rsplit(['\t', '.', '…']).next().unwrap_or_default().trim();
        line.trim().is_empty()
            || (line.contains(['\t', '…']) || line.contains("...."))
                && !page.is_empty()
                && page.chars().all(|c| c.is_ascii_digit())
    };
    let rest = blocks.get(start + 1..).unwrap_or_default();
    let count = rest.iter().take_while(|block| paragraph_of(block).is_some_and(is_entry)).count();
    let has_entries =
        rest.iter().take(count).filter_map(paragraph_of).any(|p| !text_of(p).is_empty());
    if has_entries { blocks.drain(start..=start + count).collect() } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Option<OfficialPaper> {
        let blocks = lines.iter().map(|line| WordBlock::Paragraph(plain_paragraph(line)));
        read_paper(blocks.collect(), &[]).ok().map(|text| text.paper)
    }

    #[test]
    fn a_letter_without_a_subject_has_its_number_as_title() {
        let lines = [
            "CHI CỤC THỦY LỢI\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 87/CCTL-QLĐĐ\tSƠN LÂM, ngày 05 tháng 7 năm 2026",
            "Kính gửi: Ủy ban nhân dân xã Vân Khê",
            "Chi cục nhận được văn bản của xã.",
        ];
        let paper = read(&lines).unwrap();
        assert_eq!(paper.title.as_deref(), Some("Công văn số 87/CCTL-QLĐĐ"));
        assert_eq!(paper.fields.kind.as_deref(), Some("Công văn"));
        assert_eq!(paper.fields.place.as_deref(), Some("Sơn Lâm"));
    }

    #[test]
    fn a_petition_of_a_citizen_is_no_official_paper() {
        let lines = [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Vân Khê, ngày 3 tháng 4 năm 2026",
            "ĐƠN ĐỀ NGHỊ",
            "(V/v sửa cầu treo)",
            "Kính gửi: Ủy ban nhân dân xã Vân Khê",
        ];
        assert!(read(&lines).is_none());
    }
}
