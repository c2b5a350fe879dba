//! Pages for one person only: no cache may store a page that contains a form token, a receipt or anything of the desk.
//! Each test is named after a page.

use std::sync::OnceLock;

use crate::harness::{GENERAL, form_token, portal, receipt_code};

/// The address of a receipt that the tests of this module share.
fn receipt() -> &'static str {
    static RECEIPT: OnceLock<String> = OnceLock::new();
    RECEIPT.get_or_init(|| {
        let own = [
            ("noi_dung", "Một góp ý mà không ai được giữ lại."),
            ("thu_dien_tu", "khong.giu@example.vn"),
            ("dong_y", "co"),
        ];
        portal().submit(&[&GENERAL[..], &own].concat()).assert_taken()
    })
}

macro_rules! never_shared {
    ($($name:ident: $path:expr;)*) => {
        $(
            #[test]
            fn $name() {
                portal().get(&$path).assert_status(200).assert_not_stored();
            }
        )*
    };
}

macro_rules! never_shared_on_the_desk {
    ($($name:ident: $path:literal;)*) => {
        $(
            #[test]
            fn $name() {
                portal().editor().get($path).assert_status(200).assert_not_stored();
                portal().get($path).assert_status(401).assert_not_stored();
            }
        )*
    };
}

never_shared! {
    the_feedback_form: "/gop-y";
    the_feedback_form_of_an_article: "/gop-y?bai=bai-day-du";
    a_receipt: receipt();
    the_page_on_which_a_submission_is_withdrawn: format!("{}?viec=rut", receipt());
    the_page_on_which_personal_data_are_erased: format!("{}?viec=xoa", receipt());
}

never_shared_on_the_desk! {
    the_first_page_of_the_desk: "/bien-tap";
    the_submissions: "/bien-tap/y-kien";
    the_export_of_the_submissions: "/bien-tap/y-kien.csv";
    the_drafts: "/bien-tap/du-thao";
    the_comments_on_a_draft: "/bien-tap/du-thao/du-thao-tra-loi";
    the_preview_of_the_answers_to_a_draft: "/bien-tap/du-thao/du-thao-tra-loi/xem-truoc";
    the_articles: "/bien-tap/bai-viet";
    an_article_on_the_desk: "/bien-tap/bai-viet/nhap";
    the_preview_of_an_article: "/bien-tap/bai-viet/nhap/xem-truoc";
}

#[test]
fn a_form_that_is_shown_again_with_its_mistakes() {
    let page = portal().text_feedback(&form_token(), "").send();
    page.assert_status(422).assert_not_stored();
}

#[test]
fn the_redirect_from_a_receipt_code_to_the_receipt() {
    let code = receipt_code(receipt());
    let found = portal().request("POST", "/gop-y/tra-cuu").form(&[("ma", code)]).send();
    found.assert_redirect(303, receipt()).assert_not_stored();
}

#[test]
fn search_results_are_cached_only_by_the_visitors_browser() {
    let found = portal().get("/tim-kiem?q=nhieu").assert_status(200);
    assert_eq!(found.header("cache-control"), Some("private, max-age=60"));
    assert_eq!(found.header("cache-tag"), None);
}
