# SPDX-License-Identifier: Apache-2.0
# Warnings, sanitizers, ccache and mold: the same for every target of the tree.
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(VERBATIM_WERROR)
  add_compile_options(-Werror)
endif()

find_program(VERBATIM_CCACHE ccache)
if(VERBATIM_CCACHE)
  # Paths relative to the tree, so that a clone elsewhere finds what this one has compiled.
  set(launcher ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros ${VERBATIM_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
endif()

find_program(VERBATIM_MOLD mold)
if(VERBATIM_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

# The host and its plugins together or not at all: a sanitized host cannot load a plain plugin.
if(VERBATIM_SANITIZE)
  add_compile_options(-fsanitize=${VERBATIM_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${VERBATIM_SANITIZE})
  add_compile_definitions(VERBATIM_SANITIZED=1)
endif()

# Everything counts its branches for libFuzzer; only the fuzzers themselves link its main.
if(VERBATIM_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()
