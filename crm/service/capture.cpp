#include "crm/service/capture.h"

#include <algorithm>

#include "crm/service/naming.h"
#include "crm/text/text.h"

namespace ties {
namespace {

constexpr std::size_t candidates_max = 8;

/// What a chip stands for.
struct Meant {
  std::string_view state{"known"};
  std::string label{};
  Json id{};
  Json candidates = Json::array();
};

Meant person_meant(Crm& crm, const std::string& name, bool may_be_new) {
  std::vector<Contact> people;
  try {
    people = contacts_meant(crm, name);
  } catch (const NotFound&) {  // a number that nobody has
  }
  if (people.empty()) return {may_be_new ? "new" : "missing", name, nullptr};
  if (people.size() == 1) return {"known", people.front().display, people.front().id.value};
  Meant meant{"ambiguous", name, nullptr};
  for (std::size_t i = 0; i < std::min(people.size(), candidates_max); ++i) {
    const auto job = crm.store.current_employment(people[i].id);
    meant.candidates.push_back(
        {{"id", people[i].id.value}, {"name", people[i].display}, {"company", job ? job->company : ""}});
  }
  return meant;
}

template <class R>
Meant one_of(const std::vector<R>& found, const std::string& name) {
  if (found.empty()) return {"new", name, nullptr};
  if (found.size() == 1) return {"known", found.front().name, found.front().id.value};
  Meant meant{"ambiguous", name, nullptr};
  for (std::size_t i = 0; i < std::min(found.size(), candidates_max); ++i)
    meant.candidates.push_back({{"id", found[i].id.value}, {"name", found[i].name}, {"company", ""}});
  return meant;
}

Meant tag_meant(Crm& crm, const std::string& name) {
  const auto tag = crm.store.tag_named(name);
  return tag ? Meant{"known", tag->name, tag->id.value} : Meant{"new", name, nullptr};
}

Meant stage_meant(Crm& crm, const std::string& name) {
  const auto pipeline = crm.store.standard_pipeline();
  const auto stages = pipeline ? crm.store.stages(pipeline->id) : pipeline_templates().front().stages;
  try {
    const auto& stage = stage_named(stages, name);
    return {"known", stage.name, pipeline ? Json(stage.id.value) : Json(nullptr)};
  } catch (const NotFound&) {
    return {"missing", name, nullptr};
  } catch (const Conflict&) {
    return {"ambiguous", name, nullptr};
  }
}

std::string friendly_day(const std::string& value) {
  const auto day = date_from_text(value);
  return day ? friendly(*day) : value;
}

/// How many UTF-16 units the text takes: two for a sign outside the basic plane.
std::size_t utf16_units(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) units += byte >= 0xF0U ? 2 : 1;
  }
  return units;
}

}  // namespace

Json understood(Crm& crm, const Captured& captured, const std::string& line) {
  using What = Chip::What;
  bool event_is_said = !captured.event.empty();
  Json chips = Json::array();
  for (const auto& chip : captured.chips) {
    const auto text = line.substr(chip.begin, chip.end - chip.begin);
    auto what = chip.what;
    Meant meant;
    meant.label = chip.value;
    switch (chip.what) {
      case What::person:
      case What::through:
        meant = person_meant(crm, chip.value, chip.what == What::person && text.find("new:") != std::string::npos);
        break;
      case What::company:
        meant = one_of(crm.store.companies_keyed(company_key(chip.value)), chip.value);
        break;
      case What::event:
        meant = one_of(crm.store.events_like(text::fold(chip.value)), chip.value);
        break;
      case What::tag: {
        const auto events = event_is_said ? std::vector<Event>{} : crm.store.events_like(text::fold(chip.value));
        meant = events.empty() ? tag_meant(crm, chip.value) : one_of(events, chip.value);
        if (!events.empty()) what = What::event, event_is_said = true;
        break;
      }
      case What::stage:
        meant = stage_meant(crm, chip.value);
        break;
      case What::when:
      case What::follow_up:
        meant.label = friendly_day(chip.value);
        break;
      case What::verb:
      case What::role:
      case What::money:
        break;
    }
    const auto begin_utf16 = utf16_units(std::string_view(line).substr(0, chip.begin));
    chips.push_back({{"what", word(what)},
                     {"text", text},
                     {"value", chip.value},
                     {"begin", chip.begin},
                     {"end", chip.end},
                     {"begin_utf16", begin_utf16},
                     {"end_utf16", begin_utf16 + utf16_units(text)},
                     {"state", meant.state},
                     {"label", meant.label},
                     {"id", meant.id},
                     {"candidates", meant.candidates}});
  }
  return {{"line", line}, {"verb", word(captured.verb)}, {"note", captured.note}, {"chips", chips}};
}

}  // namespace ties
