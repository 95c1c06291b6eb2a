# SPDX-License-Identifier: Apache-2.0
# verbatim_room(NAME SOURCES a.cc b.cc [LINKS target...])   one static library a room of core/
# verbatim_test(NAME SOURCES a_test.cc [LINKS target...] [SHARDS n])   one GoogleTest program; a long one as n tests, each of
# which runs every n-th of its cases, so that processors share them
# Link lines spell the layer table of core/README.md; tests/core/layers_test.cc reads the #include lines.

function(verbatim_room name)
  cmake_parse_arguments(PARSE_ARGV 1 A "" "" "SOURCES;LINKS")
  add_library(verbatim_${name} STATIC ${A_SOURCES})
  add_library(verbatim::${name} ALIAS verbatim_${name})
  target_include_directories(verbatim_${name} PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/include)
  target_link_libraries(verbatim_${name} PUBLIC ${A_LINKS})
  verbatim_precompiled(verbatim_${name} verbatim_headers)
endfunction()

# "verbatim_test_paths.h": where sources and build lie. A header and not a flag, so that only the tests that ask are
# compiled anew in another folder.
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/gen/tests/verbatim_test_paths.h @ONLY CONTENT
  "#define VERBATIM_SOURCE_DIR \"@CMAKE_SOURCE_DIR@\"\n#define VERBATIM_BINARY_DIR \"@CMAKE_BINARY_DIR@\"\n")

function(verbatim_test name)
  cmake_parse_arguments(PARSE_ARGV 1 A "" "SHARDS" "SOURCES;LINKS")
  add_executable(${name} ${A_SOURCES})
  target_link_libraries(${name} PRIVATE ${A_LINKS} GTest::gmock GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/include)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  target_include_directories(${name} PRIVATE ${CMAKE_BINARY_DIR}/gen/tests)
  if(NOT A_SHARDS)
    set(A_SHARDS 1)
  endif()
  foreach(shard RANGE 1 ${A_SHARDS})
    set(test ${name})
    if(A_SHARDS GREATER 1)
      set(test ${name}_${shard})
    endif()
    math(EXPR index "${shard} - 1")
    add_test(NAME ${test} COMMAND ${name})
    # What was skipped is read from the results.
    set_tests_properties(${test} PROPERTIES TIMEOUT 900 ENVIRONMENT
      "GTEST_OUTPUT=xml:${CMAKE_BINARY_DIR}/test-results/${test}.xml;GTEST_TOTAL_SHARDS=${A_SHARDS};GTEST_SHARD_INDEX=${index}")
  endforeach()
  # What a test checks is optimised; the test itself is compiled oftener than it runs.
  target_compile_options(${name} PRIVATE -O0)
  verbatim_precompiled(${name} verbatim_test_headers)
endfunction()
