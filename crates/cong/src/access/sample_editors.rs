//! The sample editors as whom visitors of the stand-in for Cloudflare Access can sign in.

pub struct SampleEditor {
    pub name: &'static str,
    pub email: &'static str,
    /// The editor's user id in Access: the claim `sub` of the tokens.
    pub id: &'static str,
    pub is_publisher: bool,
}

pub const EDITORS: [SampleEditor; 2] = [
    SampleEditor {
        name: "Trần Thu Lan",
        email: "lan.tran@cong.example",
        id: "9d0d4c5e-0001-4000-8000-000000000001",
        is_publisher: false,
    },
    SampleEditor {
        name: "Lê Quang Minh",
        email: "minh.le@cong.example",
        id: "9d0d4c5e-0002-4000-8000-000000000002",
        is_publisher: true,
    },
];
