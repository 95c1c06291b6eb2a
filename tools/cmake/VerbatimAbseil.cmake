# SPDX-License-Identifier: Apache-2.0
# Abseil, found and linked statically where its archives lie beside its shared libraries: Debian cuts it into a hundred
# libraries, of which a program of ours would load twenty-eight. Each makes every look-up of a symbol longer, and together
# they are a third of the time in which `verbatim --version` starts. No type of abseil crosses the boundary to a plugin.
find_package(absl REQUIRED)

get_property(imported DIRECTORY PROPERTY IMPORTED_TARGETS)
list(FILTER imported INCLUDE REGEX "^absl::")
foreach(target IN LISTS imported)
  get_target_property(type ${target} TYPE)
  if(NOT type STREQUAL "SHARED_LIBRARY")
    continue()
  endif()
  get_target_property(configurations ${target} IMPORTED_CONFIGURATIONS)
  foreach(configuration IN LISTS configurations)
    get_target_property(shared ${target} IMPORTED_LOCATION_${configuration})
    string(REGEX REPLACE "\\.so[.0-9]*$" ".a" archive "${shared}")
    if(EXISTS "${archive}")
      set_target_properties(${target} PROPERTIES IMPORTED_LOCATION_${configuration} "${archive}")
    endif()
  endforeach()
endforeach()
