#include "crm/service/once.h"

#include <fmt/format.h>

#include <utility>

namespace ties {
namespace {

constexpr int days_kept = 30;
constexpr std::size_t key_bytes_max = 200;

/// The instant before which keys are forgotten.
std::string oldest_kept(const Crm& crm) {
  return to_text(plus_days(crm.clock.today(), -days_kept));
}

/// Puts another hook before commits, as long as it lives.
class Hooked {
 public:
  Hooked(Crm& crm, std::function<void(std::string_view)> hook)
      : crm_(crm), before_(std::exchange(crm.before_commit, std::move(hook))) {}
  ~Hooked() { crm_.before_commit = std::move(before_); }
  Hooked(const Hooked&) = delete;
  Hooked& operator=(const Hooked&) = delete;

 private:
  Crm& crm_;
  std::function<void(std::string_view)> before_;
};

Json answer_of(const Answered& known) {
  if (known.answer) return Json::parse(*known.answer);
  return {{"said", known.said},
          {"change", nullptr},
          {"remarks", Json::array()},
          {"overridden", Json::array()},
          {"data", nullptr}};
}

}  // namespace

OnceAnswer once(Crm& crm, const std::string& key, const std::string& request, const std::function<Json(Crm&)>& work,
                bool keeps_answer) {
  if (key.empty() || key.size() > key_bytes_max)
    throw Wrong(fmt::format("the key of a request has 1 to {} bytes", key_bytes_max));
  if (crm.dry_run) return {work(crm), false};
  const auto in_store = [&](auto&& what) { return in_plain_words(crm.store.file(), what); };
  if (const auto known = in_store([&] { return crm.store.answered(key); })) {
    if (known->request != request)
      throw KeyReused("the key was used for another request; take a new one for every write");
    return {answer_of(*known), true};
  }
  bool remembered = false;
  const auto remember = [&](std::string_view said) {
    if (std::exchange(remembered, true)) return;  // work of several changes is remembered with the first
    crm.store.forget_answered(oldest_kept(crm));
    crm.store.remember_answered(key, request, crm.clock.instant(), said);
  };
  Json answer;
  {
    const auto then = crm.before_commit;
    const Hooked hooked(crm, [&](std::string_view said) {
      if (then) then(said);
      remember(said);
    });
    answer = work(crm);
  }
  try {
    in_store([&] {
      if (!remembered) remember(answer.is_object() ? answer.value("said", "") : "");
      if (keeps_answer) crm.store.complete_answered(key, answer.dump(-1, ' ', false, Json::error_handler_t::replace));
    });
  } catch (const StoreError&) {
    // It is done: that its answer could not be kept is no reason to say that it failed.
  }
  return {std::move(answer), false};
}

}  // namespace ties
