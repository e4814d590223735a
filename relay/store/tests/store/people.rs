//! Desk 3's facts and the admin's acts on people and pairings.

use crate::house::{House, NOW, Pair, chance, on_both_engines};
use brevbro_core::id::{PairingId, PersonId};
use brevbro_core::pairing::{PairingEvent, PairingState};
use brevbro_core::party::Side;
use brevbro_core::seal::Digest;
use brevbro_core::time::Span;
use brevbro_store::{Actor, AliasState, NewPairing, PairingFilter, PersonState, SeekerOf, StoreError};

on_both_engines![
    author_and_alias_together_name_a_pairing,
    one_address_may_be_a_seeker_and_a_volunteer,
    sealed_records_come_with_the_pairing,
    taken_addresses_and_aliases_are_refused,
    two_people_have_one_living_pairing,
    a_pairing_moves_by_its_law,
    a_person_retires_only_when_every_pairing_is_over,
    settings_are_written_once_or_replaced,
];

async fn author_and_alias_together_name_a_pairing(house: &House) {
    let (store, pair, stranger) = (&house.store, house.pair().await, house.pair().await);
    let [v_alias, v_addr, s_alias, s_addr] = [1, 2, 3, 4].map(|which| pair.digest(which));
    assert_eq!(store.pairing_for(&s_addr, &v_alias).await.unwrap(), Some(pair.facts(Side::Seeker)));
    assert_eq!(store.pairing_for(&v_addr, &s_alias).await.unwrap(), Some(pair.facts(Side::Volunteer)));
    let unknown = Digest([9; 32]);
    let foreign = [
        (v_addr, v_alias),
        (s_addr, s_alias),
        (stranger.digest(4), v_alias),
        (stranger.digest(2), s_alias),
        (unknown, v_alias),
        (s_addr, unknown),
        (unknown, unknown),
    ];
    for (author, alias) in foreign {
        assert_eq!(store.pairing_for(&author, &alias).await.unwrap(), None);
    }
    // A pairing that is over and one that lives: the living one is meant.
    for event in [PairingEvent::Close, PairingEvent::GraceOver] {
        store.pairing_move(pair.id, event, NOW, Actor::Admin).await.unwrap();
    }
    assert_eq!(store.pairing_for(&s_addr, &v_alias).await.unwrap().unwrap().state, PairingState::Closed);
    assert_eq!(store.pairing_for(&v_addr, &s_alias).await.unwrap(), None, "her alias retired with the pairing");
    let again = Pair { id: PairingId::from_random(chance()), ..pair };
    let opening =
        NewPairing { seeker: SeekerOf::Existing(pair.seeker), seeker_alias: pair.alias(5), ..again.opening() };
    store.pairing_open(opening, NOW, Actor::Admin).await.unwrap();
    assert_eq!(store.pairing_for(&s_addr, &v_alias).await.unwrap(), Some(again.facts(Side::Seeker)));
    let way = store.way(&s_addr, &v_alias).await.unwrap().unwrap();
    assert_eq!((way.facts, way.routing.pairing), (again.facts(Side::Seeker), again.id), "the living one here too");
}

async fn one_address_may_be_a_seeker_and_a_volunteer(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let other = Pair::new();
    let mut person = other.person(other.volunteer, 1);
    person.addresses = vec![pair.digest(4)];
    store.volunteer_add(person, other.alias(1), NOW, Actor::Admin).await.unwrap();
    let both = store.person_by_address(&pair.digest(4)).await.unwrap();
    assert_eq!(
        both.iter().map(|p| (p.id, p.side)).collect::<Vec<_>>(),
        [(pair.seeker, Side::Seeker), (other.volunteer, Side::Volunteer)]
    );
    assert!(store.person_by_address(&Digest([9; 32])).await.unwrap().is_empty());
    assert_eq!(store.pairing_for(&pair.digest(4), &pair.digest(1)).await.unwrap(), Some(pair.facts(Side::Seeker)));
}

async fn sealed_records_come_with_the_pairing(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let found = store.pairing_routing(pair.id).await.unwrap().unwrap();
    assert_eq!((found.pairing, found.state, found.programme.as_str()), (pair.id, PairingState::Active, "standard"));
    assert_eq!((found.volunteer.person, found.volunteer.sealed.as_slice()), (pair.volunteer, &b"sealed routing 1"[..]));
    assert_eq!((found.seeker.person, found.seeker.sealed.as_slice()), (pair.seeker, &b"sealed routing 3"[..]));
    assert_eq!(
        (&found.volunteer_alias.sealed, &found.seeker_alias.sealed),
        (&b"sealed alias 1".to_vec(), &b"sealed alias 3".to_vec())
    );
    let [v_alias, v_addr, s_alias, s_addr] = [1, 2, 3, 4].map(|which| pair.digest(which));
    for (author, alias, side) in [(s_addr, v_alias, Side::Seeker), (v_addr, s_alias, Side::Volunteer)] {
        let way = store.way(&author, &alias).await.unwrap().unwrap();
        assert_eq!((way.facts, &way.routing), (pair.facts(side), &found));
    }
    for (author, alias) in [(v_addr, v_alias), (s_addr, s_alias), (s_addr, Digest([9; 32])), (Digest([9; 32]), v_alias)]
    {
        assert_eq!(store.way(&author, &alias).await.unwrap(), None);
    }
    assert_eq!(store.routing(pair.seeker).await.unwrap().unwrap(), found.seeker);
    assert_eq!(store.routing(PersonId::from_random(chance())).await.unwrap(), None);
    assert_eq!(store.pairing_routing(PairingId::from_random(chance())).await.unwrap(), None);
}

async fn taken_addresses_and_aliases_are_refused(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let other = Pair::new();
    let mut same_address = other.person(other.volunteer, 1);
    same_address.addresses = vec![other.digest(2), pair.digest(2)];
    let refused = store.volunteer_add(same_address, other.alias(1), NOW, Actor::Admin).await;
    assert_eq!(refused, Err(StoreError::AddressTaken));
    let refused = store.volunteer_add(other.person(other.volunteer, 1), pair.alias(3), NOW, Actor::Admin).await;
    assert_eq!(refused, Err(StoreError::AliasTaken));
    assert_eq!(store.person(other.volunteer).await.unwrap(), None, "nothing is left of either try");
    store.volunteer_add(other.person(other.volunteer, 1), other.alias(1), NOW, Actor::Admin).await.unwrap();
    assert_eq!(store.persons(Side::Volunteer).await.unwrap().len(), 2);
}

async fn two_people_have_one_living_pairing(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let second = Pair { id: PairingId::from_random(chance()), ..pair };
    let opening =
        || NewPairing { seeker: SeekerOf::Existing(pair.seeker), seeker_alias: pair.alias(5), ..second.opening() };
    assert_eq!(store.pairing_open(opening(), NOW, Actor::Admin).await, Err(StoreError::AlreadyPaired));
    let backwards = NewPairing { seeker: SeekerOf::Existing(pair.volunteer), ..opening() };
    assert_eq!(store.pairing_open(backwards, NOW, Actor::Admin).await, Err(StoreError::Unknown("seeker")));
    let nobody = NewPairing { volunteer: pair.seeker, ..opening() };
    assert_eq!(store.pairing_open(nobody, NOW, Actor::Admin).await, Err(StoreError::Unknown("volunteer")));
    assert_eq!(store.alias_by_digest(&pair.digest(5)).await.unwrap(), None, "a refused opening gives no alias");
}

async fn a_pairing_moves_by_its_law(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let go = |event| store.pairing_move(pair.id, event, NOW, Actor::Admin);
    assert_eq!(go(PairingEvent::Pause).await, Ok(PairingState::Paused));
    assert!(matches!(go(PairingEvent::Pause).await, Err(StoreError::PairingMove(_))));
    assert_eq!(go(PairingEvent::Resume).await, Ok(PairingState::Active));
    let end = NOW + Span::days(90);
    store.pairing_extend(pair.id, end, NOW, Actor::Admin).await.unwrap();
    let row = store.pairing(pair.id).await.unwrap().unwrap();
    assert_eq!((row.planned_end, row.began_at, row.state), (Some(end), Some(NOW), PairingState::Active));
    for filter in [
        PairingFilter { person: Some(pair.seeker), ..PairingFilter::default() },
        PairingFilter { state: Some(PairingState::Active), programme: Some("standard".to_owned()), person: None },
    ] {
        assert_eq!(store.pairings(filter, 10).await.unwrap(), std::slice::from_ref(&row));
    }
    let paused = PairingFilter { state: Some(PairingState::Paused), ..PairingFilter::default() };
    assert!(store.pairings(paused, 10).await.unwrap().is_empty());
    assert_eq!(go(PairingEvent::Close).await, Ok(PairingState::Closing));
    assert!(matches!(store.pairing_extend(pair.id, end, NOW, Actor::Admin).await, Err(StoreError::PairingMove(_))));
    assert_eq!(store.counts().await.unwrap().pairings, [(PairingState::Closing, 1)]);
}

async fn a_person_retires_only_when_every_pairing_is_over(house: &House) {
    let (store, pair) = (&house.store, house.pair().await);
    let go = |to| store.person_state(pair.volunteer, to, NOW, Actor::Admin);
    go(PersonState::Paused).await.unwrap();
    assert_eq!(go(PersonState::Paused).await, Err(StoreError::Conflict));
    assert_eq!(go(PersonState::Retired).await, Err(StoreError::StillPaired));
    assert_eq!(store.person(pair.volunteer).await.unwrap().unwrap().state, PersonState::Paused);
    for event in [PairingEvent::Close, PairingEvent::GraceOver] {
        store.pairing_move(pair.id, event, NOW, Actor::Admin).await.unwrap();
    }
    go(PersonState::Retired).await.unwrap();
    let alias = store.alias_by_digest(&pair.digest(1)).await.unwrap().unwrap();
    assert_eq!((alias.state, alias.person, alias.pairing), (AliasState::Retired, pair.volunteer, None));
    let other = Pair::new();
    let refused = store.volunteer_add(other.person(other.volunteer, 1), pair.alias(1), NOW, Actor::Admin).await;
    assert_eq!(refused, Err(StoreError::AliasTaken), "an alias is never given to somebody else");
    assert_eq!(store.aliases(pair.seeker).await.unwrap().len(), 1);
}

async fn settings_are_written_once_or_replaced(house: &House) {
    let store = &house.store;
    assert_eq!(store.setting("keys").await.unwrap(), None);
    assert_eq!(store.setting_once("keys", "first".to_owned()).await.unwrap(), "first");
    assert_eq!(store.setting_once("keys", "second".to_owned()).await.unwrap(), "first");
    store.setting_put("keys", "third".to_owned()).await.unwrap();
    assert_eq!(store.setting("keys").await.unwrap().as_deref(), Some("third"));
}
