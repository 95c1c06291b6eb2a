# SPDX-License-Identifier: Apache-2.0
# verbatim::sdk: the headers that a plugin includes. Header only; the text library is verbatim::text.
add_library(verbatim_sdk INTERFACE)
add_library(verbatim::sdk ALIAS verbatim_sdk)
target_include_directories(verbatim_sdk INTERFACE $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/include>
                                                  $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
target_compile_features(verbatim_sdk INTERFACE cxx_std_17)
set_target_properties(verbatim_sdk PROPERTIES EXPORT_NAME sdk)
include(VerbatimPlugin)
