//! One house in several processes: the door never holds what opens letters, and the courier has no door.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that fails should panic")]

use brevbro_tests::house::VOLUNTEER;
use brevbro_tests::node::Node;
use brevbro_tests::post::Session;
use brevbro_tests::{Engine, House, both_engines, http, wait};

both_engines!(door_and_courier_work_apart);

fn door_and_courier_work_apart(engine: Engine) {
    let mut house = House::closed(engine);
    let pairing = house.pair();
    let keys = house.folder().join("keys");
    let aside = house.folder().join("keys-of-the-courier");
    std::fs::create_dir(&aside).unwrap();
    let opening: Vec<_> = std::fs::read_dir(&keys).unwrap().flatten().map(|f| f.file_name()).collect();
    let opening: Vec<_> = opening.into_iter().filter(|name| is_for_the_courier(&name.to_string_lossy())).collect();
    assert!(!opening.is_empty(), "no key that opens letters or signs them");
    for name in &opening {
        std::fs::rename(keys.join(name), aside.join(name)).unwrap();
    }
    let log = house.next_log();
    house.adopt(Node::start_roles(&house.config(), "relay,tick", log));
    let draft = pairing.from_seeker();
    house.accept(&draft);
    assert_eq!(house.queued_in("queued"), 1, "nobody here can deliver");

    let log = house.next_log();
    for name in &opening {
        std::fs::rename(aside.join(name), keys.join(name)).unwrap();
    }
    let courier = Node::start_roles(&house.config(), "deliver,admin", log);
    assert_eq!(house.sink.await_token(&draft.token).to, VOLUNTEER);
    assert!(Session::open(courier.smtp).is_err(), "the courier has no door");
    assert_eq!(http::page(courier.admin, "/readyz").0, 200);
    wait::until_true("settled", wait::SOON, || house.queued_in("queued") + house.queued_in("claimed") == 0);
    assert!(courier.stop().success());
    assert!(house.stop().success());
}

/// Opening and signing; what seals and what finds again stays.
fn is_for_the_courier(name: &str) -> bool {
    name == "delivery.key" || name.contains("dkim")
}
