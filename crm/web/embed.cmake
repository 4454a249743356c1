# cmake -DFOLDER=… -DTO=FILE.cpp -P embed.cmake: a source that carries every file of the folder as it stands:
# `const std::vector<EmbeddedFile>& web_files()`, names from the folder on, "index.html.gz".
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*.gz)
list(SORT files)
set(blobs "")
set(names "")
set(rows "")
set(n 0)
foreach(file IN LISTS files)
  string(APPEND blobs "      \"web_file_${n}: .incbin \\\"${FOLDER}/${file}\\\"\\n\"\n      \"web_file_${n}_end:\\n\"\n")
  string(APPEND names "extern const char web_file_${n}[], web_file_${n}_end[];\n")
  string(APPEND rows "      {\"${file}\", {web_file_${n}, static_cast<std::size_t>(web_file_${n}_end - web_file_${n})}},\n")
  math(EXPR n "${n} + 1")
endforeach()
file(WRITE ${TO} "#include \"crm/store/database.h\"

asm(\".section .rodata\\n\"
${blobs}      \".previous\\n\");
extern \"C\" {
${names}}

namespace ties {
const std::vector<EmbeddedFile>& web_files();
const std::vector<EmbeddedFile>& web_files() {
  static const std::vector<EmbeddedFile> files{
${rows}  };
  return files;
}
}  // namespace ties
")
