#pragma once
#include "crm/domain/template.h"
#include "crm/service/verb.h"

/// Message templates, for the verbs of more than one topic.
namespace ties {

std::vector<Verb> template_verbs();

/// By its key, its number or its whole name, blind to case. Throws NotFound that names the nearest key.
MessageTemplate template_named(Crm& crm, const std::string& text);

/// The built-in ones, or what the user made of them, then the user's own.
std::vector<MessageTemplate> templates(Crm& crm);

}  // namespace ties
