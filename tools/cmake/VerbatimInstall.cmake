# SPDX-License-Identifier: Apache-2.0
# What `cmake --install` and `cpack -G DEB` put where. Everything finds its neighbours relative to itself, so that a
# prefix can be moved:
#   bin/                   verbatim, verbatim-plugin-host
#   lib/verbatim/          libverbatim_text.a, libverbatim_proto_lite.a, verbatim-watch.so, plugins/
#   lib/cmake/verbatim/    find_package(verbatim)
#   include/verbatim/      the SDK; v1/ the generated protos, lite
#   share/man/man1/        verbatim.1, made by the tool itself
#   share/verbatim/        proto/ the sources of the protos, template/ what `verbatim plugin new` copies
# An install takes what stands built: `tools/build release` first.
set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY TRUE)
include(CMakePackageConfigHelpers)

set(sdk ${CMAKE_SOURCE_DIR}/plugins/sdk)
set(package lib/cmake/verbatim)

install(TARGETS verbatim EXPORT verbatimTargets RUNTIME DESTINATION bin)
install(TARGETS verbatim-plugin-host RUNTIME DESTINATION bin)
install(TARGETS verbatim-watch LIBRARY DESTINATION lib/verbatim)
install(TARGETS dates duplicates quotes statements LIBRARY DESTINATION lib/verbatim/plugins)
install(TARGETS verbatim_sdk verbatim_text verbatim_proto_lite EXPORT verbatimTargets ARCHIVE DESTINATION lib/verbatim)

install(DIRECTORY ${sdk}/ DESTINATION include/verbatim FILES_MATCHING PATTERN "*.h")
install(DIRECTORY ${CMAKE_BINARY_DIR}/gen/proto_lite/verbatim/ DESTINATION include/verbatim FILES_MATCHING PATTERN "*.pb.h")
install(DIRECTORY ${CMAKE_SOURCE_DIR}/proto/verbatim DESTINATION share/verbatim/proto FILES_MATCHING PATTERN "*.proto")
install(DIRECTORY ${CMAKE_SOURCE_DIR}/plugins/template DESTINATION share/verbatim FILES_MATCHING PATTERN "*.in")
install(FILES ${CMAKE_SOURCE_DIR}/plugins/README.md DESTINATION share/doc/verbatim RENAME plugins.md)
install(FILES ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/SECURITY.md ${CMAKE_SOURCE_DIR}/NOTICE
  DESTINATION share/doc/verbatim)
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION share/doc/verbatim RENAME copyright)

# Of the very verbs and flags that this build parses.
install(CODE "execute_process(COMMAND \"$<TARGET_FILE:verbatim>\" help --man
  OUTPUT_FILE \"${CMAKE_BINARY_DIR}/gen/verbatim.1\" COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${CMAKE_BINARY_DIR}/gen/verbatim.1 DESTINATION share/man/man1)

install(EXPORT verbatimTargets NAMESPACE verbatim:: DESTINATION ${package})
# The layout of the boundary may still change with any release before 1.0.
write_basic_package_version_file(${CMAKE_BINARY_DIR}/gen/verbatimConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_SOURCE_DIR}/tools/cmake/verbatimConfig.cmake ${CMAKE_BINARY_DIR}/gen/verbatimConfigVersion.cmake
  ${CMAKE_SOURCE_DIR}/tools/cmake/VerbatimPlugin.cmake ${CMAKE_SOURCE_DIR}/tools/cmake/plugin.map
  ${CMAKE_SOURCE_DIR}/tools/cmake/plugin_embed.cc.in DESTINATION ${package})

# The tool of the build finds the template where the installed one does.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/share/verbatim)
file(CREATE_LINK ${CMAKE_SOURCE_DIR}/plugins/template ${CMAKE_BINARY_DIR}/share/verbatim/template SYMBOLIC)

set(CPACK_PACKAGE_NAME verbatim)
set(CPACK_PACKAGE_CONTACT "The verbatim authors <verbatim@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "archive of news articles: who said what, when, and how it changed")
set(CPACK_PACKAGE_DESCRIPTION "An event-sourced archive of news articles, with plugins that find dates and quotations,
views that can be seen as they were at any moment, and a history that can be proved.
Holds what writing a plugin takes as well.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
# What the programs link with is read out of them; what writing a plugin takes is only recommended.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "cmake (>= 3.25), make | ninja-build, g++ | clang, libprotobuf-dev, protobuf-compiler, libgtest-dev")
include(CPack)
