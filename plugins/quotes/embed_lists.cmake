# SPDX-License-Identifier: Apache-2.0
# cmake -DOUT=file.cc -DFILES=a.txt|b.txt -P embed_lists.cmake: the word lists as one C++ file.
string(REPLACE "|" ";" FILES "${FILES}")
set(code "// Generated from plugins/quotes/data by embed_lists.cmake.\n#include \"lexicon.h\"\n\nnamespace verbatim::quotes {\nstd::string_view EmbeddedList(std::string_view name) {\n")
foreach(list IN LISTS FILES)
  get_filename_component(name ${list} NAME_WE)
  file(READ ${list} text)
  string(APPEND code "  if (name == \"${name}\") return R\"~LIST~(${text})~LIST~\";\n")
endforeach()
string(APPEND code "  return {};\n}\n}  // namespace verbatim::quotes\n")
file(WRITE ${OUT} "${code}")
