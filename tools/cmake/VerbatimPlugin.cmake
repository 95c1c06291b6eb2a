# SPDX-License-Identifier: Apache-2.0
# verbatim_add_plugin(NAME MANIFEST manifest.textproto SOURCES a.cc ... [PROTOS x/v1/x.proto ...]
#                     [PROTO_DIR proto] [LINKS target ...])
#
# One plugin, NAME.so, the same in verbatim's tree and from find_package(verbatim). PROTOS are paths under
# PROTO_DIR, named as they are imported; one under verbatim/v1/ is verbatim's own and may be named to carry its
# descriptors. Protos are generated for the lite runtime, private to the plugin. Manifest and descriptors are
# embedded in ELF sections; a manifest that isn't a verbatim.v1.PluginManifest fails the build with its line.
# NAME.so goes to VERBATIM_PLUGIN_OUTPUT_DIRECTORY, where set, else to the current binary directory.

function(verbatim_plugin_proto_dir out)
  foreach(dir ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../../proto
              ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../../../share/verbatim/proto)
    if(EXISTS ${dir}/verbatim/v1/plugin.proto)
      get_filename_component(dir ${dir} ABSOLUTE)
      set(${out} ${dir} PARENT_SCOPE)
      return()
    endif()
  endforeach()
  message(FATAL_ERROR "verbatim_add_plugin: verbatim/v1/plugin.proto is not where this file belongs to: install verbatim again")
endfunction()

# manifest.textproto -> manifest.bin; written aside first, so that a failure leaves nothing that looks built.
# protoc calls what it reads "input"; said as a compiler says it, an editor finds the line.
function(verbatim_plugin_manifest manifest out)
  verbatim_plugin_proto_dir(protos)
  set(compile [["$1" -I "$2" --encode=verbatim.v1.PluginManifest --deterministic_output verbatim/v1/plugin.proto < "$3" > "$4.part" 2> "$4.said" || ! sed "s,^input:,$3:," "$4.said" >&2]])
  add_custom_command(OUTPUT ${out}
    COMMAND sh -c ${compile} sh $<TARGET_FILE:protobuf::protoc> ${protos} ${manifest} ${out}
    COMMAND ${CMAKE_COMMAND} -E rename ${out}.part ${out}
    DEPENDS ${manifest} ${protos}/verbatim/v1/plugin.proto
    COMMENT "Checking ${manifest}" VERBATIM)
endfunction()

function(verbatim_add_plugin name)
  cmake_parse_arguments(PARSE_ARGV 1 A "" "MANIFEST;PROTO_DIR" "SOURCES;PROTOS;LINKS")
  if(A_UNPARSED_ARGUMENTS OR NOT A_MANIFEST OR NOT A_SOURCES)
    message(FATAL_ERROR "verbatim_add_plugin(${name}): wants MANIFEST and SOURCES; did not understand: ${A_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT A_PROTO_DIR)
    set(A_PROTO_DIR proto)
  endif()
  verbatim_plugin_proto_dir(verbatim_protos)
  get_filename_component(proto_dir ${A_PROTO_DIR} ABSOLUTE)
  get_filename_component(manifest ${A_MANIFEST} ABSOLUTE)
  set(gen ${CMAKE_CURRENT_BINARY_DIR}/${name}.gen)
  file(MAKE_DIRECTORY ${gen})

  set(own)         # generated and compiled here
  set(files)       # all, as absolute paths
  set(generated)
  foreach(proto IN LISTS A_PROTOS)
    if(proto MATCHES "^verbatim/v1/" AND EXISTS ${verbatim_protos}/${proto})
      list(APPEND files ${verbatim_protos}/${proto})
    else()
      string(REGEX REPLACE "\\.proto$" "" stem ${proto})
      list(APPEND own ${proto})
      list(APPEND files ${proto_dir}/${proto})
      list(APPEND generated ${gen}/${stem}.pb.cc ${gen}/${stem}.pb.h)
    endif()
  endforeach()
  set(described ${A_PROTOS})
  if(NOT described)
    set(described verbatim/v1/annotation.proto)
  endif()
  set(paths -I ${verbatim_protos})
  if(own)
    list(PREPEND paths -I ${proto_dir})
    add_custom_command(OUTPUT ${generated}
      COMMAND protobuf::protoc ${paths} --cpp_out=lite:${gen} ${own}
      DEPENDS ${files} COMMENT "protoc ${name}" VERBATIM)
    set_source_files_properties(${generated} PROPERTIES COMPILE_OPTIONS "-w")
  endif()
  file(GLOB imports CONFIGURE_DEPENDS ${verbatim_protos}/verbatim/v1/*.proto)
  add_custom_command(OUTPUT ${gen}/descriptors.bin
    COMMAND protobuf::protoc ${paths} --include_imports
            --descriptor_set_out=${gen}/descriptors.bin ${described}
    DEPENDS ${files} ${imports} COMMENT "Descriptors of ${name}" VERBATIM)
  verbatim_plugin_manifest(${manifest} ${gen}/manifest.bin)

  set(VERBATIM_MANIFEST_BIN ${gen}/manifest.bin)
  set(VERBATIM_DESCRIPTORS_BIN ${gen}/descriptors.bin)
  configure_file(${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin_embed.cc.in ${gen}/embed.cc @ONLY)
  # The compiler can't see what .incbin reads: neither may a compiler cache answer for it.
  set_source_files_properties(${gen}/embed.cc PROPERTIES
    OBJECT_DEPENDS "${gen}/manifest.bin;${gen}/descriptors.bin" COMPILE_OPTIONS "-w")

  add_library(${name} MODULE ${A_SOURCES} ${generated} ${gen}/embed.cc)
  target_include_directories(${name} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_include_directories(${name} SYSTEM PRIVATE ${gen})
  target_link_libraries(${name} PRIVATE ${A_LINKS} verbatim::sdk verbatim::text verbatim::proto_lite)
  # Where nobody has said how, not as slowly as possible: a view reads every event there is.
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    target_compile_options(${name} PRIVATE -O2 -g)
  endif()
  set_target_properties(${name} PROPERTIES PREFIX "" SUFFIX ".so"
    CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON CXX_EXTENSIONS OFF
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  if(VERBATIM_PLUGIN_OUTPUT_DIRECTORY)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${VERBATIM_PLUGIN_OUTPUT_DIRECTORY})
  endif()
  set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  target_link_options(${name} PRIVATE
    LINKER:--version-script=${map} LINKER:--exclude-libs,ALL LINKER:--gc-sections LINKER:-z,relro LINKER:-z,now)
  set_target_properties(${name} PROPERTIES LINK_DEPENDS ${map})
  # Clang leaves a sanitizer's own names to the executable.
  if(NOT (VERBATIM_SANITIZE AND CMAKE_CXX_COMPILER_ID MATCHES Clang))
    target_link_options(${name} PRIVATE LINKER:-z,defs)
  endif()
  # verbatim loads no file that others may write, whatever the builder's umask.
  add_custom_command(TARGET ${name} POST_BUILD COMMAND chmod go-w $<TARGET_FILE:${name}> VERBATIM)
endfunction()

# verbatim_add_plugin_test(PLUGIN [SOURCES a_test.cc ...] [TEXTS tests/a.txt ...])
#
# Two tests for ctest: PLUGIN_conformance holds the built plugin against what every plugin promises, on TEXTS beside the
# suite's own, and, with SOURCES, PLUGIN_test is a GoogleTest program that asks it through
# "verbatim/testing/plugin_under_test.h".
function(verbatim_add_plugin_test plugin)
  cmake_parse_arguments(PARSE_ARGV 1 A "" "" "SOURCES;TEXTS")
  if(A_UNPARSED_ARGUMENTS OR NOT TARGET ${plugin})
    message(FATAL_ERROR "verbatim_add_plugin_test(${plugin}): wants a plugin of verbatim_add_plugin(); did not understand: ${A_UNPARSED_ARGUMENTS}")
  endif()
  set(texts)
  foreach(text IN LISTS A_TEXTS)
    get_filename_component(text ${text} ABSOLUTE)
    list(APPEND texts --text ${text})
  endforeach()
  add_test(NAME ${plugin}_conformance
    COMMAND verbatim::tool plugin check --conformance $<TARGET_FILE:${plugin}> ${texts})
  if(A_SOURCES)
    find_package(GTest REQUIRED)
    add_executable(${plugin}_test ${A_SOURCES})
    target_link_libraries(${plugin}_test PRIVATE verbatim::sdk GTest::gtest_main)
    set_target_properties(${plugin}_test PROPERTIES CXX_STANDARD 17 CXX_STANDARD_REQUIRED ON)
    add_dependencies(${plugin}_test ${plugin})
    add_test(NAME ${plugin}_test COMMAND ${plugin}_test)
    set_tests_properties(${plugin}_test PROPERTIES
      ENVIRONMENT "VERBATIM_TOOL=$<TARGET_FILE:verbatim::tool>;VERBATIM_PLUGIN=$<TARGET_FILE:${plugin}>")
  endif()
endfunction()
