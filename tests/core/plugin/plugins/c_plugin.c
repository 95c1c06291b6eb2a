/* SPDX-License-Identifier: Apache-2.0
 * A plugin in C11, over the boundary alone: it refuses every article, politely. */
#include <string.h>

#include "verbatim/plugin_abi.h"

extern const char verbatim_manifest_begin[], verbatim_manifest_end[];
extern const char verbatim_descriptors_begin[], verbatim_descriptors_end[];

static int instance;

static void* Create(const vb_host* host, vb_bytes config, vb_sink* error) {
  (void)host;
  (void)config;
  (void)error;
  return &instance;
}

static void Destroy(void* self) { (void)self; }

static vb_status Annotate(void* self, vb_bytes request, vb_sink* proposals, vb_sink* error) {
  static const char why[] = "nothing to echo";
  vb_bytes text = {why, sizeof why - 1};
  (void)self;
  (void)proposals;
  if (request.size > 0 && error->put(error->ctx, text) == 0) return VB_BAD_INPUT;
  return VB_OK;
}

static const vb_annotator echo = {sizeof(vb_annotator), 0, Create, Destroy, Annotate};

static const vb_annotator* FindAnnotator(vb_bytes name) {
  return name.size == 4 && memcmp(name.data, "echo", 4) == 0 ? &echo : NULL;
}

static const vb_view* FindView(vb_bytes name) {
  (void)name;
  return NULL;
}

__attribute__((visibility("default"))) extern const vb_plugin verbatim_plugin_v1;
const vb_plugin verbatim_plugin_v1 = {sizeof(vb_plugin),
                                      VERBATIM_ABI_VERSION,
                                      verbatim_manifest_begin,
                                      verbatim_manifest_end,
                                      verbatim_descriptors_begin,
                                      verbatim_descriptors_end,
                                      FindAnnotator,
                                      FindView};
