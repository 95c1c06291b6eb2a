# SPDX-License-Identifier: Apache-2.0
# What nearly every file includes is parsed once: headers of libraries, never our own. A file still names what it uses;
# a build with VERBATIM_PCH=OFF says where one does not.
#   verbatim_precompiled(TARGET verbatim_headers|verbatim_test_headers)
option(VERBATIM_PCH "Precompile the headers of libraries" ON)

set(headers <absl/status/statusor.h> <absl/strings/str_cat.h> <fmt/format.h> <google/protobuf/dynamic_message.h>
  <algorithm> <filesystem> <fstream> <functional> <map> <optional> <set> <sstream> <string> <unordered_map> <vector>)

function(verbatim_headers_target name)
  cmake_parse_arguments(PARSE_ARGV 1 A "" "" "LINKS;HEADERS")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/gen/${name}.cc CONTENT "")
  add_library(${name} STATIC ${CMAKE_BINARY_DIR}/gen/${name}.cc)
  target_link_libraries(${name} PRIVATE absl::statusor absl::strings fmt::fmt protobuf::libprotobuf ${A_LINKS})
  target_precompile_headers(${name} PRIVATE ${A_HEADERS})
  # So that a compiler cache can answer for what reads them.
  if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
    target_compile_options(${name} PUBLIC "SHELL:-Xclang -fno-pch-timestamp")
  else()
    target_compile_options(${name} PUBLIC -fpch-preprocess)
  endif()
endfunction()

if(VERBATIM_PCH)
  verbatim_headers_target(verbatim_headers HEADERS ${headers})
  if(VERBATIM_TESTS)
    verbatim_headers_target(verbatim_test_headers HEADERS ${headers} <gmock/gmock.h> <gtest/gtest.h> LINKS GTest::gmock)
    target_compile_options(verbatim_test_headers PRIVATE -O0)
  endif()
endif()

function(verbatim_precompiled target from)
  if(VERBATIM_PCH)
    target_precompile_headers(${target} REUSE_FROM ${from})
    target_compile_options(${target} PRIVATE $<TARGET_PROPERTY:${from},INTERFACE_COMPILE_OPTIONS>)
    # The compiler wants the very definitions that the headers were compiled with.
    target_compile_definitions(${target} PRIVATE $<TARGET_PROPERTY:fmt::fmt,INTERFACE_COMPILE_DEFINITIONS>)
  endif()
endfunction()
