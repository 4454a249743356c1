#include "crm/service/credentials.h"

#include <boost/test/unit_test.hpp>

#include "crm/service/secrets.h"
#include "tests/world.h"

using namespace ties;

namespace {

struct Credentials : World {
  std::string shown_of(const Answer& answer) { return answer.data.at("token").get<std::string>(); }
  /// What the verb refuses with; empty when it does not.
  std::string refusal(std::string_view verb, Args::Raw raw) {
    try {
      run(verb, std::move(raw));
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(credentials, Credentials)

BOOST_AUTO_TEST_CASE(a_token_is_shown_once_and_the_file_has_but_its_hash) {
  const auto made = run("token add", {{"name", {"phonebook"}}, {"scope", {"feeds", "read", "read"}}, {"days", {"30"}}});
  const auto shown = shown_of(made);
  BOOST_TEST(shown.size() == std::string("ties_1_").size() + 43);
  BOOST_TEST(shown.starts_with("ties_1_"));
  BOOST_TEST(made.said == "made the token 'phonebook' for 30 days; it is shown this once:\n" + shown);
  const auto secret = shown.substr(7);
  const auto kept = store.credentials(CredentialKind::token);
  BOOST_REQUIRE(kept.size() == 1);
  BOOST_TEST(kept[0].hash == secrets::hash_of(secret));
  BOOST_TEST(kept[0].hash.find(secret) == std::string::npos);
  const auto list = run("token list").data;
  BOOST_TEST(list.dump() ==
             R"([{"id":1,"name":"phonebook","scopes":["read","feeds"],"made_at":"2026-03-04T12:00:00Z","used_at":null,)"
             R"("expires_at":"2026-04-03T12:00:00Z","state":"good"}])");
  day("2026-04-03");
  BOOST_TEST(run("token list").data[0]["state"] == "expired");
}

BOOST_AUTO_TEST_CASE(a_token_wants_a_name_of_its_own_a_scope_and_an_end) {
  run("token add", {{"name", {"phonebook"}}, {"scope", {"read"}}});
  const struct {
    Args::Raw raw;
    const char* refusal;
  } rows[] = {
      {{{"name", {"phonebook"}}, {"scope", {"read"}}},
       "token 1 is called 'phonebook' already; take another name, or revoke it: ties token revoke 1"},
      {{{"name", {"x"}}},
       "token add: give the scope: read, write, private, import, feeds or admin; may be given several times"},
      {{{"name", {"x"}}, {"scope", {"reed"}}},
       "scope: 'reed' is none of read, write, private, import, feeds, admin; did you mean 'read'?"},
      {{{"name", {"x"}}, {"scope", {"read"}}, {"days", {"0"}}}, "days: give a number from 1 to 3650"},
      {{{"name", {"x"}}, {"scope", {"read"}}, {"days", {"3651"}}}, "days: give a number from 1 to 3650"},
  };
  for (const auto& [raw, text] : rows) BOOST_TEST(refusal("token add", raw) == text);
  BOOST_TEST(store.credentials(CredentialKind::token).size() == 1);
}

BOOST_AUTO_TEST_CASE(who_sees_nothing_private_makes_no_token_that_does) {
  crm.sees_private = false;
  BOOST_TEST(refusal("token add", {{"name", {"x"}}, {"scope", {"read", "private"}}}) ==
             "scope: private things are not open to you; that takes the scope private");
  BOOST_TEST(refusal("token add", {{"name", {"x"}}, {"scope", {"read"}}}) == "");
}

BOOST_AUTO_TEST_CASE(a_token_is_revoked_by_its_name_its_number_or_itself_and_no_undo_brings_it_back) {
  const auto first = shown_of(run("token add", {{"name", {"one"}}, {"scope", {"read"}}}));
  run("token add", {{"name", {"two"}}, {"scope", {"read"}}});
  run("token add", {{"name", {"three"}}, {"scope", {"read"}}});
  const auto before = dump();
  BOOST_TEST(run("token revoke", {{"token", {first}}}).said == "revoked the token 'one': it opens nothing any more");
  run("token revoke", {{"token", {"2"}}});
  run("token revoke", {{"token", {"three"}}});
  BOOST_TEST(run("token list").data.empty());
  BOOST_TEST(refusal("token revoke", {{"token", {"one"}}}) == "there is no token 'one'; `ties token list` shows them");
  BOOST_TEST(refusal("token revoke", {{"token", {first}}}) ==
             "there is no token 'ties_…'; `ties token list` shows them");
  BOOST_TEST(store.journal().changes().empty());
  BOOST_TEST(refusal("undo", {}) == "there is nothing to undo");
  BOOST_TEST((dump() == before));
  run("token add", {{"name", {"one"}}, {"scope", {"read"}}});
  BOOST_TEST(run("token list").data[0]["id"] == 4);  // no number twice: an old token never opens a new one's door
}

BOOST_AUTO_TEST_CASE(what_is_only_tried_is_not_kept) {
  crm.dry_run = true;
  run("token add", {{"name", {"one"}}, {"scope", {"read"}}});
  run("signin");
  BOOST_TEST(store.credentials(CredentialKind::token).empty());
  BOOST_TEST(store.credentials(CredentialKind::sign_in).empty());
}

BOOST_AUTO_TEST_CASE(credentials_are_no_part_of_the_users_tables_and_outlive_the_erasing_of_people) {
  run("token add", {{"name", {"one"}}, {"scope", {"read"}}});
  run("contact add", {{"name", {"Ada Quillmark"}}});
  run("contact erase", {{"contact", {"ada"}}}, true);
  for (const auto& table : store.tables()) BOOST_TEST(table.name != "credential");
  BOOST_TEST(dump().find("credential") == std::string::npos);
  BOOST_TEST(store.check().empty());
  BOOST_TEST(store.credentials(CredentialKind::token).size() == 1);
}

BOOST_AUTO_TEST_CASE(an_address_to_sign_in_is_new_each_time_and_lives_ten_minutes) {
  const auto one = run("signin"), other = run("signin", {{"at", {"https://ties.example:8443/"}}});
  const auto address = one.data["address"].get<std::string>();
  BOOST_TEST(address.starts_with("http://127.0.0.1:7420/sign-in?token=1_"));
  BOOST_TEST(other.data["address"].get<std::string>().starts_with("https://ties.example:8443/sign-in?token=2_"));
  BOOST_TEST(one.said == "open this address within 10 minutes; it signs one browser in, once:\n" + address);
  BOOST_TEST(one.data["expires_at"] == "2026-03-04T12:10:00Z");
  BOOST_TEST(refusal("signin", {{"at", {"ties.example"}}}) ==
             "at: 'ties.example' is no address of a service; write http://127.0.0.1:7420");
  day("2026-03-05");
  run("signin");
  BOOST_TEST(store.credentials(CredentialKind::sign_in).size() == 1);  // those that were never opened are gone
}

BOOST_AUTO_TEST_CASE(a_credential_opens_only_as_its_own_kind_with_its_own_secret_while_it_holds) {
  std::string shown;
  Credential made;
  made.kind = CredentialKind::token;
  write_aside(crm, [&] { shown = "ties_" + add_credential(crm, made, std::chrono::hours(1)); });
  const auto token = store.credentials(CredentialKind::token).at(0);
  const struct {
    CredentialKind kind;
    std::string shown, now;
    bool opens;
  } rows[] = {
      {CredentialKind::token, shown, "2026-03-04T12:59:59Z", true},
      {CredentialKind::token, shown, "2026-03-04T13:00:00Z", false},
      {CredentialKind::session, shown, "2026-03-04T12:00:00Z", false},
      {CredentialKind::session, shown.substr(5), "2026-03-04T12:00:00Z", false},
      {CredentialKind::sign_in, shown.substr(5), "2026-03-04T12:00:00Z", false},
      {CredentialKind::token, shown.substr(5), "2026-03-04T12:00:00Z", false},
      {CredentialKind::token, shown + "A", "2026-03-04T12:00:00Z", false},
      {CredentialKind::token, shown.substr(0, shown.size() - 1), "2026-03-04T12:00:00Z", false},
      {CredentialKind::token, "ties_1_", "2026-03-04T12:00:00Z", false},
      {CredentialKind::token, "ties_1_" + token.hash, "2026-03-04T12:00:00Z", false},
      {CredentialKind::token, "", "2026-03-04T12:00:00Z", false},
  };
  for (const auto& row : rows) {
    BOOST_TEST_CONTEXT(row.shown << " at " << row.now) {
      BOOST_TEST(opens(token, row.kind, row.shown, row.now) == row.opens);
    }
  }
  for (const auto* text :
       {"", "ties_", "ties__x", "_x", "12", "-1_x", "1 _x", "9999999999999999999999_x", "ties_ties_1_x"}) {
    BOOST_TEST(!credential_number(text).has_value(), text);
  }
  BOOST_TEST(credential_number("12_a_b").value().value == 12);
}

BOOST_AUTO_TEST_CASE(secrets_are_long_differ_and_are_fit_for_an_address) {
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const auto secret = secrets::random_secret();
    BOOST_TEST(secret.size() == 43);
    BOOST_TEST(secret.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
               std::string::npos);
    seen.insert(secret);
  }
  BOOST_TEST(seen.size() == 100);
  BOOST_TEST(secrets::hash_of("") == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  BOOST_TEST(secrets::are_same("abc", "abc"));
  BOOST_TEST(!secrets::are_same("abc", "abd"));
  BOOST_TEST(!secrets::are_same("abc", "abcd"));
}

BOOST_AUTO_TEST_CASE(a_password_is_kept_as_argon2id_and_a_new_one_ends_the_sessions) {
  BOOST_TEST(!has_password(store));
  BOOST_TEST(!is_password(store, ""));
  for (const auto* kind : {"one", "two"}) {
    write_aside(crm, [&] {
      Credential session;
      session.kind = CredentialKind::session, session.name = kind;
      add_credential(crm, session, session_life);
    });
  }
  set_password(crm, "seven blue herons", store.credentials(CredentialKind::session).at(1).id);
  const auto kept = store.credentials(CredentialKind::password);
  BOOST_REQUIRE(kept.size() == 1);
  BOOST_TEST(kept[0].hash.starts_with("$argon2id$v=19$m=262144,t=3,p=1$"));
  BOOST_TEST(!kept[0].expires_at.has_value());
  BOOST_TEST(is_password(store, "seven blue herons"));
  BOOST_TEST(!is_password(store, "seven blue heron"));
  BOOST_REQUIRE(store.credentials(CredentialKind::session).size() == 1);
  BOOST_TEST(store.credentials(CredentialKind::session)[0].name == "two");
  set_password(crm, "ünîcödé øl");  // ten characters
  BOOST_TEST(store.credentials(CredentialKind::password).size() == 1);
  BOOST_TEST(!is_password(store, "seven blue herons"));
  BOOST_TEST(store.credentials(CredentialKind::session).empty());
  BOOST_CHECK_EXCEPTION(set_password(crm, "ünîcödé ø"), Wrong, [](const Wrong& error) {
    return error.what() == std::string("password: give at least 10 characters");
  });
  BOOST_CHECK_THROW(set_password(crm, std::string(1001, 'x')), Wrong);
  remove_password(crm);
  BOOST_TEST(!has_password(store));
  BOOST_CHECK_THROW(remove_password(crm), NotFound);
  BOOST_TEST(store.journal().changes().empty());
}

BOOST_AUTO_TEST_CASE(instants_are_counted_over_days_and_years) {
  using namespace std::chrono_literals;
  const struct {
    const char* instant;
    std::chrono::seconds later;
    const char* after;
  } rows[] = {{"2026-03-04T12:00:00Z", 10min, "2026-03-04T12:10:00Z"},
              {"2026-12-31T23:59:30Z", 45s, "2027-01-01T00:00:15Z"},
              {"2028-02-28T12:00:00Z", 24h, "2028-02-29T12:00:00Z"},
              {"2026-03-01T00:30:00Z", -1h, "2026-02-28T23:30:00Z"}};
  for (const auto& [instant, later, after] : rows) BOOST_TEST(instant_after(instant, later) == after);
}

BOOST_AUTO_TEST_SUITE_END()
