//! The texts in the report of an import, such as what is doubtful or was left out, in the user's language.

use cong_import::{
    Doubt, FileRefusal, Omission, PaperDoubt, UnreadFormat, UnreadableReason, WordDifference,
    WordError, WordOmission, XmlError, XmlFault,
};

use crate::language::{Language, say};

pub fn unreadable(reason: &UnreadableReason) -> String {
    match reason {
        UnreadableReason::Message(message) => message.clone(),
        UnreadableReason::TooLarge(mebibytes) => {
            say!("lớn hơn {mebibytes} MiB", "larger than {mebibytes} MiB")
        }
        UnreadableReason::TooComplex => say!(
            "lồng nhau quá sâu hoặc quá nhiều thuộc tính",
            "nested too deeply, or too many attributes"
        ),
        UnreadableReason::NestedTooDeeply => {
            say!("HTML lồng nhau quá sâu", "HTML nested too deeply")
        }
        UnreadableReason::NoChannel => say!("không có <channel>", "there is no <channel>"),
        UnreadableReason::Rejected(reason) => {
            say!("cổng không nhận bài này: {reason}", "the portal would not take it: {reason}")
        }
        UnreadableReason::Xml(error) => xml_error(error),
        UnreadableReason::Word(error) => word_error(error),
        UnreadableReason::Format(format) => unread_format(*format),
    }
}

fn unread_format(format: UnreadFormat) -> String {
    match format {
        UnreadFormat::OldWord => say!(
            "tệp Word kiểu cũ (.doc): hãy mở bằng Word và lưu thành .docx",
            "an old Word file (.doc): open it in Word and save it as .docx"
        ),
        UnreadFormat::RichText => say!(
            "tệp RTF: hãy mở bằng Word và lưu thành .docx",
            "an RTF file: open it in Word and save it as .docx"
        ),
        UnreadFormat::OpenDocument => say!(
            "tệp OpenDocument (.odt): hãy mở bằng LibreOffice hoặc Word và lưu thành .docx",
            "an OpenDocument file (.odt): open it in LibreOffice or Word and save it as .docx"
        ),
        UnreadFormat::Archive => say!(
            "tệp nén ZIP: hãy giải nén vào một thư mục và nhập thư mục đó",
            "a ZIP archive: unpack it into a folder and import that folder"
        ),
    }
}

fn xml_error(error: &XmlError) -> String {
    let english = match error {
        XmlError::TooDeep => "XML nested too deeply".to_owned(),
        XmlError::TooComplex => "XML with too many elements or attributes in one place".to_owned(),
        XmlError::DocumentType => "XML with a document type definition (DTD)".to_owned(),
        XmlError::Syntax { fault, line } => {
            format!("faulty XML on line {line}: {}", xml_fault(fault))
        }
    };
    Language::current().choose(error.to_string(), english)
}

fn xml_fault(fault: &XmlFault) -> String {
    match fault {
        XmlFault::Unclosed => "the end is missing, the file may have been cut off".to_owned(),
        XmlFault::WrongEnd(open, close) => format!("<{open}> is closed by </{close}>"),
        XmlFault::Entity(name) => format!("the entity &{name}; is not known"),
        XmlFault::Ampersand => "a bare &".to_owned(),
        XmlFault::Prefix(prefix) => format!("the prefix “{prefix}” is not declared"),
        XmlFault::RepeatedAttribute(name) => format!("the attribute “{name}” occurs twice"),
        XmlFault::Character(c) => {
            format!("a character that is not allowed (U+{:04X})", u32::from(*c))
        }
        XmlFault::Other => "wrong syntax".to_owned(),
    }
}

fn word_error(error: &WordError) -> String {
    let english = match error {
        WordError::Archive(message) => {
            format!("the file is damaged or not a Word file ({message})")
        }
        WordError::OldOrProtected => {
            "an old Word file or one with a password: open it in Word and save it as .docx"
                .to_owned()
        }
        WordError::TooManyParts => "too many parts".to_owned(),
        WordError::TooLarge(mebibytes) => format!("it unpacks to more than {mebibytes} MiB"),
        WordError::NoMainPart => "it has no main part".to_owned(),
        WordError::Xml(error) => return xml_error(error),
    };
    Language::current().choose(error.to_string(), english)
}

pub fn doubt(doubt: &Doubt) -> String {
    match doubt {
        Doubt::Damaged => say!(
            "có chỗ không đọc được mã chữ, thay bằng �",
            "some bytes mean nothing in its encoding, and became �"
        ),
        Doubt::TitleFromFileName => {
            say!("không thấy tiêu đề: lấy tên tệp", "no title was found: the file's name is taken")
        }
        Doubt::TitleGuessed(title) => {
            say!("tiêu đề là phỏng đoán: {title}", "the title is a guess: {title}")
        }
        Doubt::TitleCut => say!("tiêu đề quá dài, đã cắt", "the title was too long, and was cut"),
        Doubt::NoTitle => say!("bài không có tiêu đề", "it has no title"),
        Doubt::NoAuthor(author) => {
            say!("không rõ tác giả: ghi “{author}”", "no author was found: “{author}” is written")
        }
        Doubt::AuthorGuessed(author) => {
            say!("tác giả là phỏng đoán: {author}", "the author is a guess: {author}")
        }
        Doubt::NoTime(time) => say!(
            "không rõ thời gian: lấy giờ của tệp, {time}, và để là bản nháp (draft)",
            "no time was found: the file's own is taken, {time}, and it stays a draft"
        ),
        Doubt::TimeGuessed(time) => say!(
            "thời gian là phỏng đoán, ở phía trên tiêu đề: {time}",
            "the time is a guess, from above the title: {time}"
        ),
        Doubt::TimeOfLastSave => say!(
            "thời gian là lúc tệp Word được lưu lần cuối, không phải lúc công bố",
            "the time is when the Word file was last saved, not when it was published"
        ),
        Doubt::NoText => say!("bài không có nội dung", "it has no text"),
        Doubt::EmptyFile => say!("tệp không có nội dung chữ", "it has no text"),
        Doubt::OnlySummary => say!(
            "nguồn tin chỉ có tóm tắt: bài chưa đủ nội dung",
            "the feed has only a summary: the text is not complete"
        ),
        Doubt::NoOldAddress => say!(
            "không rõ địa chỉ cũ, nên không có aliases (xem --base-url)",
            "the old address is unknown, so there are no aliases (see --base-url)"
        ),
        Doubt::SharedAlias(alias) => say!(
            "địa chỉ cũ {alias} có ở nhiều bài: bỏ",
            "several documents claim the old address {alias}: none gets it"
        ),
        Doubt::State(state) => {
            say!("trạng thái “{state}”: để là bản nháp", "its state is “{state}”: it stays a draft")
        }
        Doubt::Password => {
            say!("bài có mật khẩu: để là bản nháp", "it has a password: it stays a draft")
        }
        Doubt::WithoutDescription(count) => say!(
            "{count} ảnh không có mô tả cho người không nhìn thấy",
            "{count} pictures without a description for those who cannot see them"
        ),
        Doubt::Paper(doubt) => {
            Language::current().choose(doubt.to_string(), paper_doubt(*doubt).to_owned())
        }
        Doubt::Warning(warning) => warning.clone(),
    }
}

fn paper_doubt(doubt: PaperDoubt) -> &'static str {
    match doubt {
        PaperDoubt::Draft => "the paper is a draft",
        PaperDoubt::BlankNumber => "the paper leaves its number blank",
        PaperDoubt::NoNumber => "the paper's number was not found",
        PaperDoubt::SeveralNumbers => "several numbers were found: it is left blank",
        PaperDoubt::IncompleteDate => "the date of issue is incomplete: it is left blank",
        PaperDoubt::NoDate => "the date of issue was not found",
        PaperDoubt::NoIssuer => "the issuing body was not found",
        PaperDoubt::KindFromNumber => "the kind is not printed: it is taken from the number",
        PaperDoubt::NoKind => "the kind of the paper is not known",
        PaperDoubt::ContactDetails => "the contact details at the head are left out",
        PaperDoubt::NoSubject => "no subject was found: the title is only the kind",
        PaperDoubt::NoSigner => "no signer was found",
        PaperDoubt::NoSignerName => "a signature has no name",
    }
}

pub fn omission(omission: &Omission) -> String {
    match omission {
        Omission::UnknownKind => {
            say!("tệp thuộc loại không nhập được", "a file of a kind that cannot be imported")
        }
        Omission::PageWithoutArticle => say!(
            "trang danh sách, điều hướng hoặc biểu mẫu: không thấy nội dung bài",
            "a list, navigation or a form: no text of an article was found"
        ),
        Omission::EmptyFeed => say!("nguồn tin không có bài nào", "the feed has no entries"),
        Omission::AttachedToPage => say!("tệp đính kèm của một trang", "a file attached to a page"),
        Omission::Items { count, kind } => {
            say!("{count} mục loại “{kind}”", "{count} items of the kind “{kind}”")
        }
        Omission::SecondCategory(name) => {
            say!("chuyên mục thứ hai: {name}", "a second category: {name}")
        }
        Omission::Enclosure(address) => say!("tệp kèm theo: {address}", "an enclosure: {address}"),
        Omission::Shortcode(name) => say!(
            "mã ngắn [{name}]; chữ trong đó được giữ",
            "the shortcode [{name}]; text in it was kept"
        ),
        Omission::ListAtEnd(heading) => {
            say!("danh sách “{heading}” cuối bài", "the list “{heading}” at the end")
        }
        Omission::ButtonsAndCounts(text) => {
            say!("nút và số đếm của trang: {text}", "buttons and counts: {text}")
        }
        Omission::BesideArticle(name) => {
            say!("phần ngoài bài: {name}", "beside the article: {name}")
        }
        Omission::FormFields => {
            say!("ô nhập, nút bấm của biểu mẫu", "fields and buttons of a form")
        }
        Omission::Drawing(name) => {
            say!("hình vẽ trong trang (<{name}>)", "a drawing in the page (<{name}>)")
        }
        Omission::Embedded { element, address: None } => say!(
            "phần nhúng <{element}> không rõ địa chỉ",
            "an embedded <{element}> without an address"
        ),
        Omission::Embedded { element, address: Some(address) } => say!(
            "phần nhúng <{element}>, còn lại liên kết: {address}",
            "an embedded <{element}>, a link is left: {address}"
        ),
        Omission::LargeTable => say!(
            "bảng quá lớn: ô gộp tách thành từng ô, hoặc chữ thành đoạn văn",
            "a table that is too large: its merged cells are single cells, or its text is paragraphs"
        ),
        Omission::DataPicture => {
            say!("ảnh nhúng không đọc được", "an embedded picture that cannot be read")
        }
        Omission::DeadLink(address) => say!(
            "liên kết không rõ tới đâu: {address}",
            "a link that leads nowhere known: {address}"
        ),
        Omission::UnopenableLink(address) => say!(
            "liên kết không mở được trang nào: {address}",
            "a link that opens no page: {address}"
        ),
        Omission::MissingFile(address) => say!(
            "tệp không có bên cạnh trang: {address}",
            "a file that is not beside the page: {address}"
        ),
        Omission::RefusedFile { address, reason } => {
            let reason = match reason {
                FileRefusal::TooLarge => say!("lớn hơn 25 MiB", "larger than 25 MiB"),
                FileRefusal::UnknownType => {
                    say!("không phải loại tệp được nhận", "no kind of file that is taken")
                }
            };
            say!("tệp {address}: {reason}", "file {address}: {reason}")
        }
        Omission::Word(left) => Language::current().choose(left.to_string(), word_omission(left)),
    }
}

fn word_omission(omission: &WordOmission) -> String {
    let text = match omission {
        WordOmission::DeletedText => "text that was deleted under track changes",
        WordOmission::TrackedChanges => {
            "the file has tracked changes: the document has the text as if all were accepted"
        }
        WordOmission::Comments(count) => return format!("{count} comments"),
        WordOmission::HiddenText => "hidden text",
        WordOmission::Formula => "a formula: it is written on one line",
        WordOmission::Symbol => "a symbol of a special font",
        WordOmission::Ruby => "readings above characters (ruby)",
        WordOmission::TextBox => "a text box: its text follows the paragraph that it is in",
        WordOmission::Drawing => "a drawing or an embedded object",
        WordOmission::Picture(name) => return format!("a picture that cannot be read: {name}"),
        WordOmission::InsertedPart => "a part inserted from another file",
        WordOmission::PageHeader(text) => return format!("a header or footer: {text}"),
        WordOmission::NestedTable => "a table in a cell of another table: only its text is left",
        WordOmission::HeadingInTable => "a heading in a cell of a table: only its text is left",
        WordOmission::TableTakenApart => "a table used for layout: only its content is left",
        WordOmission::Words(WordDifference { in_file, lost, added }) => {
            return format!(
                "the words do not match: the file has {in_file}, the document lacks {lost} of them \
                 and has {added} others; compare it with the file"
            );
        }
    };
    text.to_owned()
}
