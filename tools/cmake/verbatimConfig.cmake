# SPDX-License-Identifier: Apache-2.0
# find_package(verbatim): verbatim::sdk, verbatim::text, verbatim::proto_lite, the program verbatim::tool, and the
# functions verbatim_add_plugin() and verbatim_add_plugin_test(). Works from wherever the prefix was moved to.
include(CMakeFindDependencyMacro)
find_dependency(Protobuf)
include(${CMAKE_CURRENT_LIST_DIR}/verbatimTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/VerbatimPlugin.cmake)
