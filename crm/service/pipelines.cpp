#include "crm/service/naming.h"
#include "crm/service/pipeline_file.h"
#include "crm/service/steps.h"

#include <fmt/format.h>

#include <algorithm>

namespace ties {
namespace {

using Kind = Arg::Kind;
using Place = Arg::Place;

constexpr Arg in_pipeline{"pipeline", Kind::text, "the pipeline, by key or name; the standard one when not said"};

Json stage_json(Crm& crm, const Stage& stage) {
  auto json = wire::record(stage);
  json["applications"] = crm.store.applications_in(stage.id).size();
  return json;
}

Json stages_json(Crm& crm, const Pipeline& pipeline) {
  Json stages = Json::array();
  for (const auto& stage : crm.store.stages(pipeline.id)) stages.push_back(stage_json(crm, stage));
  return stages;
}

Json whole(Crm& crm, const Pipeline& pipeline) {
  auto json = wire::record(crm.store.get(pipeline.id));
  json["stages"] = stages_json(crm, pipeline);
  return json;
}

/// A template as a pipeline that nothing stands in yet.
Json whole(const PipelinePlan& plan) {
  auto json = wire::record(plan.pipeline);
  json["stages"] = Json::array();
  for (const auto& stage : plan.stages) {
    auto of_stage = wire::record(stage);
    of_stage["applications"] = 0;
    json["stages"].push_back(std::move(of_stage));
  }
  return json;
}

/// The one that is named, or the standard one; makes none.
Pipeline pipeline_for_reading(Crm& crm, const std::string& name) {
  if (name.empty() && !crm.store.standard_pipeline()) throw NotFound("there is no pipeline yet; the first application makes one, or: ties pipeline use simple");
  return pipeline_named(crm, name);
}

Answer list(Crm& crm, const Args&) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& pipeline : crm.store.all<Pipeline>()) {
    auto json = wire::record(pipeline);
    std::vector<std::string> names;
    for (const auto& stage : crm.store.stages(pipeline.id)) names.push_back(stage.name);
    json["stages"] = names;
    answer.data.push_back(std::move(json));
  }
  if (answer.data.empty()) answer.remarks.push_back("no pipeline yet; the first application makes the template 'referral', or: ties pipeline use simple");
  return answer;
}

Answer show(Crm& crm, const Args& args) {
  Answer answer;
  if (args.text("pipeline").empty() && !crm.store.standard_pipeline()) {
    answer.data = whole(pipeline_templates().front());
    answer.remarks.push_back("no pipeline yet; the first application makes this template one, or: ties pipeline use simple");
  } else {
    answer.data = whole(crm, pipeline_named(crm, args.text("pipeline")));
  }
  return answer;
}

Answer use(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto key = args.text("template");
  if (auto known = crm.store.pipeline_keyed(key)) {
    for (auto other : crm.store.all<Pipeline>()) {
      other.standard = other.id == known->id;
      crm.store.update(other);
    }
    return doing.done(known->name + " is the standard pipeline now", whole(crm, *known));
  }
  std::vector<std::string> keys;
  for (auto plan : pipeline_templates()) {
    keys.push_back(plan.pipeline.key);
    if (plan.pipeline.key != key) continue;
    plan.pipeline.standard = true;
    const auto pipeline = keep_plan(crm, plan);
    return doing.done(pipeline.name + " is the standard pipeline now", whole(crm, pipeline));
  }
  throw NotFound(fmt::format("there is no template '{}'{}; there are {}", key, did_you_mean(key, keys), fmt::join(keys, ", ")));
}

Answer templates(Crm&, const Args&) {
  Answer answer;
  answer.data = Json::array();
  for (const auto& plan : pipeline_templates()) answer.data.push_back(whole(plan));
  return answer;
}

Answer edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  auto pipeline = pipeline_named(crm, args.text("pipeline"));
  args.edit("name", pipeline.name);
  if (pipeline.name.empty()) throw Wrong("name: a pipeline needs a name", "name");
  crm.store.update(pipeline);
  return doing.done("renamed the pipeline to " + pipeline.name, whole(crm, pipeline));
}

/// Where an application of a stage goes in another pipeline: the stage of its key, else the first of its kind, else the first.
const Stage& counterpart(const Stage& stage, const std::vector<Stage>& stages) {
  const auto find = [&](auto is_it) { return std::find_if(stages.begin(), stages.end(), is_it); };
  auto found = find([&](const Stage& other) { return other.key == stage.key; });
  if (found == stages.end()) found = find([&](const Stage& other) { return other.kind == stage.kind; });
  return found == stages.end() ? stages.front() : *found;
}

Answer remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto going = pipeline_named(crm, args.text("pipeline"));
  std::optional<Pipeline> to;
  if (args.has("to")) to = pipeline_named(crm, args.text("to"));
  if (to && to->id == going.id) throw Wrong("to: name another pipeline", "to");
  const auto stages_there = to ? crm.store.stages(to->id) : std::vector<Stage>{};
  std::size_t moved = 0;
  for (const auto& stage : crm.store.stages(going.id)) {
    for (auto application : crm.store.applications_in(stage.id)) {
      if (!to) throw Conflict(fmt::format("applications stand in {}; say where they go: --to PIPELINE", going.name));
      const auto& there = counterpart(stage, stages_there);
      application.pipeline = to->id, application.stage = there.id;
      crm.store.update(application);
      add_step(crm, application, args.today(), fmt::format("the pipeline {} was deleted", going.name));
      ++moved;
    }
  }
  auto json = whole(crm, going);
  crm.store.remove(going.id);
  if (going.standard) {
    auto others = crm.store.all<Pipeline>();
    if (!others.empty()) {
      auto& next = to ? *to : others.front();
      next.standard = true;
      crm.store.update(next);
    }
  }
  return doing.done(fmt::format("deleted the pipeline {}{}; `ties undo` brings it back", going.name,
                                moved > 0 ? fmt::format(", {} applications went to {}", moved, to->name) : ""),
                    std::move(json));
}

Answer export_plan(Crm& crm, const Args& args) {
  Answer answer;
  if (args.flag("schema")) {
    answer.data = pipeline_schema();
    return answer;
  }
  const auto name = args.text("pipeline");
  if (name.empty() && !crm.store.standard_pipeline()) {
    answer.data = to_json(pipeline_templates().front());
    return answer;
  }
  const auto pipeline = pipeline_named(crm, name);
  answer.data = to_json(PipelinePlan{pipeline, crm.store.stages(pipeline.id)});
  return answer;
}

Answer import_plan(Crm& crm, const Args& args) {
  auto plan = read_pipeline_file(args.text("file"), crm.input);
  Doing doing(crm);
  const auto known = crm.store.pipeline_keyed(plan.pipeline.key);
  if (!known) {
    const auto pipeline = keep_plan(crm, plan);
    return doing.done("added the pipeline " + pipeline.name, whole(crm, pipeline));
  }
  // The same key again: its stages by their keys; one that the file no longer has goes only when nothing stands in it.
  auto pipeline = *known;
  pipeline.name = plan.pipeline.name;
  crm.store.update(pipeline);
  for (const auto& old : crm.store.stages(pipeline.id)) {
    const bool stays = std::any_of(plan.stages.begin(), plan.stages.end(), [&](const Stage& s) { return s.key == old.key; });
    if (stays) continue;
    if (const auto there = crm.store.applications_in(old.id); !there.empty()) {
      throw Conflict(fmt::format("{} applications stand in {}, which the file does not have; `ties stage remove {} --to STAGE` first", there.size(), old.name, old.key));
    }
    crm.store.remove(old.id);
  }
  for (auto stage : plan.stages) {
    stage.pipeline = pipeline.id;
    const auto now = crm.store.stages(pipeline.id);
    const auto old = std::find_if(now.begin(), now.end(), [&](const Stage& s) { return s.key == stage.key; });
    if (old == now.end()) {
      crm.store.add(stage);
    } else {
      stage.id = old->id;
      crm.store.update(stage);
    }
  }
  return doing.done("changed the pipeline " + pipeline.name, whole(crm, pipeline));
}

/// Stages in their new order, numbered without gaps.
void keep_order(Crm& crm, std::vector<Stage>& stages) {
  for (std::size_t i = 0; i < stages.size(); ++i) {
    stages[i].position = static_cast<int>(i);
    crm.store.update(stages[i]);
  }
}

/// Where a stage goes: after the one named by --after, before the one named by --before, else before the closing ones.
std::size_t place_of(const std::vector<Stage>& stages, const Args& args) {
  const auto index = [&](const std::string& name) {
    const auto& meant = stage_named(stages, name);
    return static_cast<std::size_t>(&meant - stages.data());
  };
  if (args.has("after")) return index(args.text("after")) + 1;
  if (args.has("before")) return index(args.text("before"));
  std::size_t end = stages.size();
  while (end > 0 && stages[end - 1].kind == StageKind::closed) --end;
  return end;
}

void set_from(Stage& stage, const std::vector<Stage>& stages, const Args& args) {
  if (args.has("name")) stage.name = args.text("name");
  if (const auto kind = args.choice<StageKind>("kind")) stage.kind = *kind;
  if (args.has("patience")) stage.patience_days = args.number("patience") == 0 ? std::nullopt : std::optional<int>(args.number("patience"));
  if (args.has("check")) stage.checklist = args.many("check");
  if (args.has("next")) {
    stage.next.clear();
    for (const auto& name : args.many("next")) {
      if (name != "any") stage.next.push_back(stage_named(stages, name).key);
    }
  }
}

Answer stage_add(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto pipeline = pipeline_named(crm, args.text("pipeline"));
  auto stages = crm.store.stages(pipeline.id);
  Stage stage;
  stage.pipeline = pipeline.id;
  stage.name = args.text("name");
  stage.key = key_from_name(stage.name);
  stage.kind = StageKind::interview;
  set_from(stage, stages, args);
  const auto at = place_of(stages, args);
  stages.insert(stages.begin() + static_cast<std::ptrdiff_t>(at), stage);
  const auto wrong = faults({pipeline, stages});
  if (!wrong.empty()) throw Conflict(fmt::format("stage add: {}", fmt::join(wrong, "; ")));
  stages[at].id = crm.store.add(stage);
  keep_order(crm, stages);
  return doing.done(fmt::format("added the stage {} to {}", stage.name, pipeline.name), stages_json(crm, pipeline));
}

Answer stage_show(Crm& crm, const Args& args) {
  const auto pipeline = pipeline_for_reading(crm, args.text("pipeline"));
  Answer answer;
  answer.data = stage_json(crm, stage_named(crm.store.stages(pipeline.id), args.text("stage")));
  return answer;
}

Answer stage_edit(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto pipeline = pipeline_named(crm, args.text("pipeline"));
  const auto stages = crm.store.stages(pipeline.id);
  auto stage = stage_named(stages, args.text("stage"));
  set_from(stage, stages, args);
  if (stage.name.empty()) throw Wrong("name: a stage needs a name");
  crm.store.update(stage);
  return doing.done("edited the stage " + stage.name, stages_json(crm, pipeline));
}

Answer stage_move(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto pipeline = pipeline_named(crm, args.text("pipeline"));
  if (!args.has("after") && !args.has("before")) throw Wrong("stage move: say where: --before STAGE or --after STAGE");
  auto stages = crm.store.stages(pipeline.id);
  const auto moving = stage_named(stages, args.text("stage"));
  std::erase_if(stages, [&](const Stage& stage) { return stage.id == moving.id; });
  stages.insert(stages.begin() + static_cast<std::ptrdiff_t>(place_of(stages, args)), moving);
  keep_order(crm, stages);
  return doing.done("moved the stage " + moving.name, stages_json(crm, pipeline));
}

Answer stage_remove(Crm& crm, const Args& args) {
  Doing doing(crm);
  const auto pipeline = pipeline_named(crm, args.text("pipeline"));
  auto stages = crm.store.stages(pipeline.id);
  const auto going = stage_named(stages, args.text("stage"));
  if (stages.size() == 1) throw Conflict("stage remove: a pipeline needs one stage at least");
  const auto there = crm.store.applications_in(going.id);
  if (!there.empty() && !args.has("to")) {
    throw Conflict(fmt::format("{} applications stand in {}; say where they go: --to STAGE", there.size(), going.name));
  }
  std::erase_if(stages, [&](const Stage& stage) { return stage.id == going.id; });
  for (auto application : there) {
    const auto& to = stage_named(stages, args.text("to"));
    application.stage = to.id;
    crm.store.update(application);
    ApplicationStep step;
    step.application = application.id, step.stage = to.id, step.stage_name = to.name, step.stage_kind = to.kind;
    step.outcome = application.outcome, step.on = args.today(), step.note = fmt::format("the stage {} was removed", going.name);
    crm.store.add(step);
  }
  for (auto& stage : stages) std::erase(stage.next, going.key);
  crm.store.remove(going.id);
  keep_order(crm, stages);
  return doing.done(fmt::format("removed the stage {}", going.name), stages_json(crm, pipeline));
}

}  // namespace

std::vector<Verb> pipeline_verbs() {
  constexpr Arg which{"pipeline", Kind::text, "its key or name", Place::first};
  const std::vector<Arg> details{{"kind", Kind::choice, "what it means: lead, referral, applied, screen, …", Place::option, false, words<StageKind>()},
                                 {"patience", Kind::number, "days after which an application is stale; 0: never"},
                                 {"check", Kind::text, "something to prepare; may be given several times", Place::repeated},
                                 {"next", Kind::text, "a stage that may follow; may be given several times; 'any': all", Place::repeated},
                                 in_pipeline};
  auto add_args = details;
  add_args.insert(add_args.begin(), {{"name", Kind::text, "its name", Place::first}, {"after", Kind::text, "behind which stage"}, {"before", Kind::text, "ahead of which stage"}});
  auto edit_args = details;
  edit_args.insert(edit_args.begin(), {{"stage", Kind::text, "its key or name", Place::first}, {"name", Kind::text, "the new name"}});
  return {
      {"pipeline list", "GET /pipelines", "pipelines and their stages", "ties pipeline list", {}, list, false, "id:#, key, name, standard, stages", "[PipelineLine]"},
      {"pipeline show", "GET /pipelines/{pipeline}", "a pipeline's stages with kind, patience and preparation", "ties pipeline show referral",
       {{"pipeline", Kind::text, "key or name; the standard one when not said", Place::optional_first}}, show, false, "", "Pipeline"},
      {"pipeline templates", "GET /pipeline-templates", "the templates that `pipeline use` makes pipelines of", "ties pipeline templates", {}, templates, false, "key, name", "[Pipeline]"},
      {"pipeline edit", "PATCH /pipelines/{pipeline}", "rename a pipeline", "ties pipeline edit referral --name 'Through people'", {which, {"name", Kind::text, "the new name"}}, edit, true, "", "Pipeline"},
      {"pipeline delete", "DELETE /pipelines/{pipeline}", "delete a pipeline; its applications go to another", "ties pipeline delete simple --to referral", {which, {"to", Kind::text, "where its applications go"}}, remove, true, "", "Pipeline"},
      {"pipeline use", "POST /pipelines/use", "make a template or a pipeline of yours the standard: referral, simple, research-engineer", "ties pipeline use research-engineer",
       {{"template", Kind::text, "its key", Place::first}}, use, true, "", "Pipeline"},
      {"pipeline export", "GET /pipelines/{pipeline}/file", "a pipeline as JSON, to edit or to share", "ties pipeline export > pipeline.json",
       {{"pipeline", Kind::text, "key or name; the standard one when not said", Place::optional_first}, {"schema", Kind::flag, "the schema of such files instead"}}, export_plan, false, "json", "PipelineFile"},
      {"pipeline import", "POST /pipelines", "a pipeline from a JSON file", "ties pipeline import pipeline.json", {{"file", Kind::path, "the file; - for standard input", Place::first}}, import_plan, true, "", "Pipeline"},
      {"stage add", "POST /stages", "add a stage to a pipeline", "ties stage add 'Team lead' --kind interview --after Interviews", add_args, stage_add, true,
       "position:#, key, name, kind, patience_days:patience, applications", "[Stage]"},
      {"stage show", "GET /stages/{stage}", "a stage", "ties stage show screen", {{"stage", Kind::text, "its key or name", Place::first}, in_pipeline}, stage_show, false, "", "Stage"},
      {"stage edit", "PATCH /stages/{stage}", "rename a stage, or change what it means", "ties stage edit screen --name 'Recruiter call' --patience 10", edit_args, stage_edit, true,
       "position:#, key, name, kind, patience_days:patience, applications", "[Stage]"},
      {"stage move", "POST /stages/{stage}/move", "put a stage elsewhere in the order", "ties stage move assessment --after interviews",
       {{"stage", Kind::text, "its key or name", Place::first}, {"after", Kind::text, "behind which stage"}, {"before", Kind::text, "ahead of which stage"}, in_pipeline}, stage_move, true,
       "position:#, key, name, kind, patience_days:patience, applications", "[Stage]"},
      {"stage remove", "DELETE /stages/{stage}", "remove a stage; its applications go to another", "ties stage remove assessment --to interviews",
       {{"stage", Kind::text, "its key or name", Place::first}, {"to", Kind::text, "where its applications go"}, in_pipeline}, stage_remove, true,
       "position:#, key, name, kind, patience_days:patience, applications", "[Stage]"},
  };
}

}  // namespace ties
