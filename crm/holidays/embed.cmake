# The table of holidays as a source: -DTABLE=FILE -DTO=FILE. It may be empty.
file(READ ${TABLE} text)
set(source "#include <string_view>\nnamespace ties {\nstd::string_view holiday_table();\n")
string(APPEND source "std::string_view holiday_table() { return R\"holidays(${text})holidays\"; }\n}  // namespace ties\n")
file(WRITE ${TO} "${source}")
