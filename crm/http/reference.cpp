#include <fmt/format.h>

#include <algorithm>

#include "crm/http/openapi.h"
#include "crm/http/router.h"

namespace ties::http {
namespace {

using wire::Json;

std::string escaped(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string text_at(const Json& json, const char* key) {
  return json.contains(key) && json[key].is_string() ? json[key].get<std::string>() : "";
}

/// Escaped, with `code` marked: all the Markdown that our own descriptions use, besides paragraphs.
std::string marked(std::string_view text) {
  std::string html;
  bool in_code = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.substr(at, 2) == "\n\n") {
      html += "</p>\n<p>", ++at;
    } else if (text[at] == '`') {
      html += in_code ? "</code>" : "<code>";
      in_code = !in_code;
    } else {
      html += escaped(text.substr(at, 1));
    }
  }
  return in_code ? html + "</code>" : html;
}

std::string prose(std::string_view text) {
  return "<p>" + marked(text) + "</p>\n";
}

std::string code_block(const std::string& text) {
  return "<pre><code>" + escaped(text) + "</code></pre>\n";
}

/// The last part of a reference, which is the name that it goes by.
std::string name_in(const Json& reference) {
  const auto whole = reference["$ref"].get<std::string>();
  return whole.substr(whole.rfind('/') + 1);
}

/// What a reference stands for, or the thing itself.
const Json& resolved(const Json& thing, const Json& document) {
  return thing.contains("$ref") ? document.at(Json::json_pointer(thing["$ref"].get<std::string>().substr(1))) : thing;
}

/// "text", "number or null", "list of Contact", with links to the shapes.
std::string type_in_words(const Json& schema) {
  if (schema.contains("$ref")) return fmt::format("<a href=\"#shape-{0}\">{0}</a>", escaped(name_in(schema)));
  if (schema.contains("anyOf")) {
    std::string words;
    for (const auto& one : schema["anyOf"]) words += (words.empty() ? "" : " or ") + type_in_words(one);
    return words;
  }
  if (!schema.contains("type")) return "anything";
  std::string words;
  const auto add = [&](const std::string& type) {
    words += words.empty() ? "" : " or ";
    if (type == "array") {
      words += "list of " + (schema.contains("items") ? type_in_words(schema["items"]) : "anything");
    } else {
      words += type == "string" ? text_at(schema, "format").empty() ? "text" : escaped(text_at(schema, "format"))
                                : escaped(type);
    }
  };
  if (schema["type"].is_array()) {
    for (const auto& type : schema["type"]) add(type.get<std::string>());
  } else {
    add(schema["type"].get<std::string>());
  }
  if (schema.contains("enum")) {
    std::string choices;
    for (const auto& choice : schema["enum"]) {
      if (choice.is_string())
        choices += (choices.empty() ? "" : ", ") + ("<code>" + escaped(choice.get<std::string>()) + "</code>");
    }
    words += ": " + choices;
  }
  return words;
}

struct Line {
  std::string name, where, type, about;
};

std::string table_of(const char* caption, const std::vector<Line>& lines, bool with_places) {
  if (lines.empty()) return "";
  auto html = fmt::format(
      "<table><caption>{}</caption>\n<thead><tr><th scope=\"col\">name</th>{}<th scope=\"col\">type</th><th "
      "scope=\"col\">about</th></tr></thead>\n<tbody>\n",
      caption, with_places ? "<th scope=\"col\">where</th>" : "");
  for (const auto& line : lines) {
    html += fmt::format("<tr><th scope=\"row\"><code>{}</code></th>{}<td>{}</td><td>{}</td></tr>\n", escaped(line.name),
                        with_places ? "<td>" + escaped(line.where) + "</td>" : "", line.type, marked(line.about));
  }
  return html + "</tbody></table>\n";
}

bool is_required(const Json& schema, const std::string& name) {
  if (!schema.contains("required")) return false;
  const auto& names = schema["required"];
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<Line> lines_of(const Json& schema, bool mark_required) {
  std::vector<Line> lines;
  if (!schema.contains("properties")) return lines;
  for (const auto& [name, property] : schema["properties"].items()) {
    const auto needed = mark_required && is_required(schema, name) ? ", required" : "";
    lines.push_back({name, "", type_in_words(property) + needed, text_at(property, "description")});
  }
  return lines;
}

std::string parameters_of(const Json& operation, const Json& document) {
  if (!operation.contains("parameters")) return "";
  std::vector<Line> lines;
  for (const auto& written : operation["parameters"]) {
    const auto& parameter = resolved(written, document);
    const auto needed = parameter.value("required", false) ? ", required" : "";
    lines.push_back({text_at(parameter, "name"), text_at(parameter, "in"), type_in_words(parameter["schema"]) + needed,
                     text_at(parameter, "description")});
  }
  return table_of("Parameters", lines, true);
}

std::string with_percents(std::string_view text) {
  constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (plain.find(c) != std::string_view::npos) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

std::string plain(const Json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

/// The request as it goes over the line, with the example's values.
std::string example_request(const std::string& method, std::string path, const Json& operation, const Json& document) {
  std::string query;
  for (const auto& written : operation.value("parameters", Json::array())) {
    const auto& parameter = resolved(written, document);
    if (!parameter.contains("example")) continue;
    const auto name = text_at(parameter, "name");
    const auto& value = parameter["example"];
    if (text_at(parameter, "in") == "path") {
      const auto at = path.find("{" + name + "}");
      if (at != std::string::npos) path.replace(at, name.size() + 2, with_percents(plain(value)));
    } else {
      for (const auto& one : value.is_array() ? value : Json::array({value}))
        query += fmt::format("{}{}={}", query.empty() ? "?" : "&", name, with_percents(plain(one)));
    }
  }
  auto text = method + " " + path + query;
  if (!operation.contains("requestBody")) return text;
  const auto& content = operation["requestBody"]["content"];
  if (content.empty()) return text;
  const auto first = content.begin();
  text += "\nContent-Type: " + first.key();
  if (first.value().contains("example"))
    text += "\n\n" +
            (first.value()["example"].is_string() ? plain(first.value()["example"]) : first.value()["example"].dump(2));
  return text;
}

std::string answers_of(const Json& operation, const Json& document) {
  std::string html =
      "<table><caption>Answers</caption>\n<thead><tr><th scope=\"col\">status</th><th scope=\"col\">content</th><th "
      "scope=\"col\">about</th></tr></thead>\n<tbody>\n";
  std::string example;
  for (const auto& [status, written] : operation["responses"].items()) {
    const bool is_problem = written.contains("$ref");
    const auto& response = resolved(written, document);
    std::string types;
    const auto contents = response.value("content", Json::object());
    for (const auto& [type, content] : contents.items()) {
      types += (types.empty() ? "" : ", ") + ("<code>" + escaped(type) + "</code>");
      if (!is_problem && example.empty() && content.contains("example"))
        example = content["example"].is_string() ? plain(content["example"]) : content["example"].dump(2);
    }
    html += is_problem
                ? fmt::format(
                      "<tr><th scope=\"row\">{0}</th><td>{1}</td><td><a href=\"#status-{0}\">problem</a></td></tr>\n",
                      escaped(status), types)
                : fmt::format("<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n", escaped(status), types,
                              marked(text_at(response, "description")));
  }
  html += "</tbody></table>\n";
  if (!example.empty()) html += "<h4>Example answer</h4>\n" + code_block(example);
  return html;
}

std::string scope_of(const Json& operation) {
  const auto& security = operation["security"];
  return security.empty() ? "open to everybody"
                          : fmt::format("scope <code>{}</code>",
                                        escaped(security.front().begin().value().front().get<std::string>()));
}

std::string upper(std::string method) {
  std::transform(method.begin(), method.end(), method.begin(),
                 [](char c) { return static_cast<char>(c - ('a' - 'A')); });
  return method;
}

std::string section_of(const std::string& method, const std::string& path, const Json& operation,
                       const Json& document) {
  auto html = fmt::format("<section id=\"{}\">\n<h3>{}</h3>\n<p><code>{} {}</code>, {}</p>\n",
                          escaped(text_at(operation, "operationId")), marked(text_at(operation, "summary")),
                          upper(method), escaped(path), scope_of(operation));
  if (operation.contains("description")) html += prose(text_at(operation, "description"));
  html += parameters_of(operation, document);
  if (operation.contains("requestBody")) {
    for (const auto& [type, content] : operation["requestBody"]["content"].items()) {
      if (!content.contains("schema")) continue;
      html += table_of("Body", lines_of(resolved(content["schema"], document), true), false);
      break;
    }
  }
  html += "<h4>Example request</h4>\n" + code_block(example_request(upper(method), path, operation, document));
  return html + answers_of(operation, document) + "</section>\n";
}

std::string problems_in(const Json& document) {
  std::string html =
      "<section id=\"problems\">\n<h2>Problems</h2>\n<table><caption>Every kind of problem</caption>\n<thead><tr><th "
      "scope=\"col\">status</th><th scope=\"col\">type</th><th scope=\"col\">title</th><th scope=\"col\">what to "
      "do</th></tr></thead>\n<tbody>\n";
  std::string last;
  for (const auto& row : problem_types()) {
    const auto status = std::to_string(row.status);
    const auto id = status == last ? "" : fmt::format(" id=\"status-{}\"", status);
    last = status;
    html += fmt::format("<tr{}><td>{}</td><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td></tr>\n", id,
                        status, escaped(type_uri(row.type)), escaped(row.title), marked(row.about));
  }
  return html + "</tbody></table>\n" +
         table_of("What a problem may say", lines_of(document["components"]["schemas"]["Problem"], true), false) +
         "</section>\n";
}

std::string shapes_in(const Json& document) {
  std::string html = "<section id=\"shapes\">\n<h2>Shapes</h2>\n";
  for (const auto& [name, schema] : document["components"]["schemas"].items()) {
    html += fmt::format("<section id=\"shape-{0}\">\n<h3>{0}</h3>\n", escaped(name)) +
            prose(text_at(schema, "description"));
    html += table_of("Fields", lines_of(schema, false), false);
    if (schema.contains("anyOf")) html += "<p>" + type_in_words(schema) + "</p>\n";
    html += "</section>\n";
  }
  return html + "</section>\n";
}

}  // namespace

std::string reference_page(const Json& document) {
  const auto& info = document["info"];
  std::string contents = "<nav aria-label=\"Contents\">\n<ul>\n", sections;
  for (const auto& tag : document["tags"]) {
    const auto name = text_at(tag, "name");
    contents += fmt::format("<li><a href=\"#tag-{0}\">{0}</a>\n<ul>\n", escaped(name));
    sections += fmt::format("<section id=\"tag-{0}\">\n<h2>{0}</h2>\n<p>{1}</p>\n", escaped(name),
                            marked(text_at(tag, "description")));
    for (const auto& [path, methods] : document["paths"].items()) {
      for (const auto& [method, operation] : methods.items()) {
        if (operation["tags"].front() != name) continue;
        contents += fmt::format("<li><a href=\"#{}\"><code>{} {}</code></a> {}</li>\n", escaped(text_at(operation, "operationId")),
                                upper(method), escaped(path.starts_with(api_root) ? path.substr(api_root.size()) : path), marked(text_at(operation, "summary")));
        sections += section_of(method, path, operation, document);
      }
    }
    contents += "</ul></li>\n", sections += "</section>\n";
  }
  contents += "<li><a href=\"#problems\">problems</a></li>\n<li><a href=\"#shapes\">shapes</a></li>\n</ul>\n</nav>\n";
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width\">\n<title>{0} {1}: reference</title>\n"
      "<link rel=\"stylesheet\" href=\"/assets/ties.css\">\n</head>\n<body class=\"reference\">\n<header>\n<h1>{0} "
      "{1}: reference</h1>\n{2}"
      "<p><a href=\"/api/v1/openapi.json\">The same as an OpenAPI "
      "document</a></p>\n</header>\n{3}<main>\n{4}{5}{6}</main>\n</body>\n</html>\n",
      escaped(text_at(info, "title")), escaped(text_at(info, "version")), prose(text_at(info, "description")), contents,
      sections, problems_in(document), shapes_in(document));
}

}  // namespace ties::http
