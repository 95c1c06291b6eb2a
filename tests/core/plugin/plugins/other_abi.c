/* SPDX-License-Identifier: Apache-2.0
 * A shared object that speaks a later version of the boundary. */
extern const int verbatim_plugin_v2;
const int verbatim_plugin_v2 = 2;
