#pragma once
#include <string>
#include <string_view>

/// Commands that are shown to be pasted into a shell. What strangers wrote stands in quotes, and never runs.
namespace ties {

/// A text within single quotes of a shell.
std::string shell_quoted(std::string_view text);

/// The command that logs a message to somebody, in the grammar of quick capture.
std::string log_message(std::string_view name);

}  // namespace ties
