//! Keeps the public keys of the Access team in the memory of an isolate, and decides when they are fetched again.

use cong_core::vietnamese::Timestamp;

use super::key::Key;

/// The maximum age, in seconds, at which the keys in memory are used without fetching them again. If fetching works, a
/// key that the team has revoked is accepted for no longer than this time.
const FRESH: i64 = 5 * 60;

/// The maximum age, in seconds, at which the keys in memory are used if fetching them again fails. Older keys are not
/// used.
const USABLE: i64 = 60 * 60;

/// The pause after a failed fetch, in seconds. During the pause, the keys in memory are used up to the age `USABLE`.
const REST: i64 = 10;

/// The maximum number of fetches in a minute. Without a maximum, forged tokens with invented key ids could cause any
/// number of fetches.
const ASKED_A_MINUTE: usize = 10;

/// The result of looking up the key that a token names.
#[derive(Debug, PartialEq, Eq)]
pub enum Lookup {
    Known(Key),
    /// The caller must fetch the keys, and pass them to `KeyMemory::keep` with this number of the fetch.
    Ask(u64),
    /// The keys in memory are not older than `FRESH`, and none of them has the id that the token names. They are not
    /// fetched again, because the maximum number of fetches in a minute is reached.
    Unknown,
    /// The key must be fetched, because the keys in memory are too old or lack it, but the maximum number of fetches in
    /// a minute is reached.
    AskedTooOften,
}

/// The team's keys, as the last successful fetch returned them. Each fetch replaces all keys, so that revoked keys do
/// not stay.
#[derive(Debug, Default)]
pub struct KeyMemory {
    keys: Vec<Key>,
    /// The number of the fetch that returned `keys`. `asked_for_at` is the time at which that fetch began.
    answers: u64,
    asked_for_at: Option<Timestamp>,
    /// The number of the last fetch that began.
    questions: u64,
    /// The times at which fetches of the last minute began.
    asked_at: Vec<Timestamp>,
    failed_at: Option<Timestamp>,
}

impl KeyMemory {
    pub fn look_up(&mut self, id: &str, now: Timestamp) -> Lookup {
        let known = self.keys.iter().find(|key| key.id == id);
        let is_fresh = is_within(self.asked_for_at, now, FRESH);
        let is_usable = is_within(self.asked_for_at, now, USABLE);
        self.asked_at.retain(|asked_at| is_within(Some(*asked_at), now, 60));
        let may_ask = self.asked_at.len() < ASKED_A_MINUTE;
        let is_resting = is_within(self.failed_at, now, REST);
        match known {
            Some(key) if is_fresh || (is_usable && (is_resting || !may_ask)) => {
                Lookup::Known(key.clone())
            }
            _ if may_ask => {
                self.asked_at.push(now);
                self.questions += 1;
                Lookup::Ask(self.questions)
            }
            _ if is_fresh => Lookup::Unknown,
            _ => Lookup::AskedTooOften,
        }
    }

    /// Stores `keys`, the result of the fetch number `question`. Returns the key with the id `id`, if the team has it.
    /// Fetches may complete out of order: the result of an earlier fetch does not replace that of a later one.
    pub fn keep(&mut self, question: u64, keys: Vec<Key>, id: &str, now: Timestamp) -> Option<Key> {
        if question > self.answers {
            self.keys = keys;
            self.answers = question;
            self.asked_for_at = Some(now);
            self.failed_at = None;
        }
        self.keys.iter().find(|key| key.id == id).cloned()
    }

    /// Records that a fetch failed. Returns the key in memory with the id `id`, if there is one and it may still be
    /// used.
    pub fn fail(&mut self, id: &str, now: Timestamp) -> Option<Key> {
        self.failed_at = Some(now);
        let is_usable = is_within(self.asked_for_at, now, USABLE);
        self.keys.iter().find(|key| is_usable && key.id == id).cloned()
    }
}

/// Whether `then` is less than `seconds` seconds ago. False if `then` is missing or in the future.
fn is_within(then: Option<Timestamp>, now: Timestamp, seconds: i64) -> bool {
    then.is_some_and(|then| (0..seconds).contains(&(now.0 - then.0)))
}

#[cfg(test)]
mod tests {
    use crate::desk::access::key::tests::key;

    use super::*;

    const NOW: i64 = 1_800_000_000;

    /// A memory that received keys with these ids at `NOW`.
    fn having(ids: &[&str]) -> KeyMemory {
        let mut memory = KeyMemory::default();
        answer(&mut memory, ids, NOW);
        memory
    }

    fn ask(memory: &mut KeyMemory, id: &str, at: i64) -> u64 {
        match memory.look_up(id, Timestamp(at)) {
            Lookup::Ask(question) => question,
            other => panic!("the team is not asked: {other:?}"),
        }
    }

    fn answer(memory: &mut KeyMemory, ids: &[&str], at: i64) {
        let question = ask(memory, "chưa có", at);
        memory.keep(question, ids.iter().map(|id| key(id)).collect(), "", Timestamp(at));
    }

    fn is_known(memory: &mut KeyMemory, id: &str, at: i64) -> bool {
        memory.look_up(id, Timestamp(at)) == Lookup::Known(key(id))
    }

    #[test]
    fn keys_count_for_five_minutes_and_are_then_asked_for_again() {
        let mut memory = having(&["k1", "k2"]);
        assert!(is_known(&mut memory, "k1", NOW + 299));
        assert!(is_known(&mut memory, "k2", NOW + 299));
        ask(&mut memory, "k1", NOW + 300);
    }

    #[test]
    fn an_unknown_key_is_asked_for_at_once_and_ten_times_a_minute_at_most() {
        let mut memory = having(&["k1"]);
        for second in 1..10 {
            ask(&mut memory, "giả", NOW + second);
        }
        assert_eq!(memory.look_up("giả", Timestamp(NOW + 59)), Lookup::Unknown);
        assert!(is_known(&mut memory, "k1", NOW + 59));
        ask(&mut memory, "giả", NOW + 60);
        assert_eq!(memory.look_up("giả", Timestamp(NOW + 60)), Lookup::Unknown);
    }

    #[test]
    fn a_flood_of_forged_tokens_shuts_nobody_out() {
        let mut memory = having(&["k1"]);
        for _ in 0..10 {
            ask(&mut memory, "giả", NOW + 300);
        }
        assert!(is_known(&mut memory, "k1", NOW + 300));
        assert_eq!(memory.look_up("giả", Timestamp(NOW + 300)), Lookup::AskedTooOften);
    }

    #[test]
    fn while_the_team_is_away_its_last_keys_serve_for_an_hour() {
        let mut memory = having(&["k1"]);
        ask(&mut memory, "k1", NOW + 300);
        assert_eq!(memory.fail("k1", Timestamp(NOW + 300)), Some(key("k1")));
        // For ten seconds after a failure, kept keys are used without another fetch.
        assert!(is_known(&mut memory, "k1", NOW + 309));
        ask(&mut memory, "k1", NOW + 310);
        ask(&mut memory, "k1", NOW + 3600);
        assert_eq!(memory.fail("k1", Timestamp(NOW + 3600)), None);
        ask(&mut memory, "k1", NOW + 3601);
    }

    #[test]
    fn a_replaced_key_does_not_come_back() {
        let mut memory = having(&["k1", "k2"]);
        answer(&mut memory, &["k2", "k3"], NOW + 10);
        let question = ask(&mut memory, "k1", NOW + 10);
        assert_eq!(memory.fail("k1", Timestamp(NOW + 10)), None);
        let same = vec![key("k2"), key("k3")];
        assert_eq!(memory.keep(question, same, "k1", Timestamp(NOW + 10)), None);
    }

    #[test]
    fn an_answer_that_was_overtaken_is_not_kept() {
        let mut memory = having(&[]);
        let slow = ask(&mut memory, "k2", NOW);
        let quick = ask(&mut memory, "k2", NOW);
        assert_eq!(memory.keep(quick, vec![key("k2")], "k2", Timestamp(NOW)), Some(key("k2")));
        assert_eq!(memory.keep(slow, vec![key("k1")], "k1", Timestamp(NOW)), None);
        assert!(is_known(&mut memory, "k2", NOW));
    }

    #[test]
    fn a_clock_that_goes_back_makes_the_memory_ask() {
        let mut memory = having(&["k1"]);
        ask(&mut memory, "k1", NOW - 1);
    }
}
