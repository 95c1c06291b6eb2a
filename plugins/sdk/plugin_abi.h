/* SPDX-License-Identifier: Apache-2.0
 *
 * The binary contract between verbatim and a plugin, version 1. Plain C11; whatever has structure
 * crosses as the serialized protobuf message that the comment beside it names. C++ authors include
 * "verbatim/plugin.h".
 *
 * For every function below, on both sides:
 *   lifetime   bytes handed in are lent until the call returns and are read-only (a write may
 * fault); bytes handed to a vb_sink are copied by its owner before put returns ownership  neither
 * side frees, or keeps a pointer to, what the other allocated failure    is a vb_status; no
 * exception and no longjmp leaves a function threads    one instance is called by one thread at a
 * time, and uses its host and store on that thread only growth     structs grow at their end; a
 * field beyond the other side's struct_size is not there
 */
#ifndef VERBATIM_PLUGIN_ABI_H_
#define VERBATIM_PLUGIN_ABI_H_

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Goes up when a plugin built before could no longer be called. The symbol's name ends in it, so
 * that a reader of the file's symbol table knows which contract it speaks without loading it. */
#define VERBATIM_ABI_VERSION 1
#define VERBATIM_ENTRY_SYMBOL "verbatim_plugin_v1"
#define VERBATIM_MANIFEST_SECTION "vbmanif" /* verbatim.v1.PluginManifest */
#define VERBATIM_DESCRIPTORS_SECTION \
  "vbdescr" /* google.protobuf.FileDescriptorSet, with its imports */

/* Size 0: data may be anything, NULL too. */
typedef struct vb_bytes {
  const void* data;
  size_t size;
} vb_bytes;

/* Takes bytes, as often as put is called. Non-zero from put: enough, stop (a limit, or the call is
 * cancelled); what is put after that is dropped. */
typedef struct vb_sink {
  void* ctx;
  int32_t (*put)(void* ctx, vb_bytes bytes);
} vb_sink;

/* Fixed width, so that no compiler's idea of an enum matters. */
typedef int32_t vb_status;
enum {
  VB_OK = 0,
  VB_NOT_FOUND = 1,        /* store: no row with that key */
  VB_INVALID_ARGUMENT = 2, /* store: no such table, a key of 0 or over VB_KEY_BYTES_MAX bytes, a
                              change from inside a visitor */
  VB_BAD_INPUT = 3, /* plugin: this request or event can't be digested; the instance stays usable */
  VB_FAILED = 4,    /* this instance, or this store, is of no further use */
  VB_CANCELLED = 5  /* plugin: stopped because the host asked it to */
};

typedef int32_t vb_severity;
enum { VB_DEBUG = 0, VB_INFO = 1, VB_WARNING = 2, VB_ERROR = 3 };

typedef int32_t vb_direction;
enum { VB_FORWARD = 0, VB_BACKWARD = 1 };

enum { VB_KEY_BYTES_MAX = 240 };

/* What the host does for an instance. Stays valid until destroy has returned. */
typedef struct vb_host {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  void* ctx;
  /* A line for whoever runs verbatim; UTF-8; the host may cut, or drop, what is too much. */
  void (*log)(void* ctx, vb_severity severity, vb_bytes text);
  /* How far a long call has got; total 0: nobody knows. */
  void (*progress)(void* ctx, uint64_t done, uint64_t total);
  /* Non-zero: return VB_CANCELLED soon. Cheap enough for an inner loop. */
  int32_t (*cancelled)(void* ctx);
} vb_host;

/* The rows of one view as they stand after every event before the one being applied, and after the
 * changes made for that one so far. Valid until apply returns. Tables are numbered from 0 as the
 * manifest lists them. A key is 1 to VB_KEY_BYTES_MAX bytes, any bytes; keys are ordered as
 * unsigned bytes, a shorter one first. Earlier versions of rows, and the view's checkpoint, are
 * kept by the host and can't be seen from here. */
typedef struct vb_store {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  void* ctx;
  /* The row into `row`, in one put; VB_NOT_FOUND puts nothing. */
  vb_status (*get)(void* ctx, uint32_t table, vb_bytes key, vb_sink* row);
  /* Sets the row: the serialized message of the table's row_type. Bytes equal to what stands change
   * nothing. */
  vb_status (*put)(void* ctx, uint32_t table, vb_bytes key, vb_bytes row);
  vb_status (*erase)(void* ctx, uint32_t table, vb_bytes key);
  /* Visits the rows whose keys begin with `prefix` (empty: all of the table), in key order or
   * against it, until visit returns non-zero. Where `from` isn't empty, VB_FORWARD begins at the
   * first such key >= from and VB_BACKWARD at the last such key <= from; `from` need not exist, nor
   * begin with `prefix`. The visitor may get and scan; put and erase from inside it are
   * VB_INVALID_ARGUMENT. Key and row are lent for that visit. */
  vb_status (*scan)(void* ctx, uint32_t table, vb_bytes prefix, vb_bytes from,
                    vb_direction direction, void* visitor,
                    int32_t (*visit)(void* visitor, vb_bytes key, vb_bytes row));
} vb_store;

/* Proposes annotations for one revision of an article. Its answer depends on the request and its
 * configuration and on nothing else: no clock, randomness, environment, file or network. */
typedef struct vb_annotator {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* config: the message that the manifest's config_type names; empty: none was set.
   * NULL: it could not be made, and `error` says why. */
  void* (*create)(const vb_host* host, vb_bytes config, vb_sink* error);
  void (*destroy)(void* self);
  /* request: verbatim.v1.AnnotateRequest. Each put: one verbatim.v1.Proposal, whole. Proposals
   * count only when VB_OK comes back. */
  vb_status (*annotate)(void* self, vb_bytes request, vb_sink* proposals, vb_sink* error);
} vb_annotator;

/* Folds events into rows, in the order of the log. The same events give the same bytes on every
 * machine: no clock, randomness, environment, file, network or other view. An instance may remember
 * only what it could read from its store again: the host destroys and creates it between any two
 * events. */
typedef struct vb_view {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  void* (*create)(const vb_host* host, vb_bytes config, vb_sink* error);
  void (*destroy)(void* self);
  /* event: verbatim.v1.ViewEvent. Anything but VB_OK undoes what this call changed, and the view
   * stands still before this event with the message of `error`. */
  vb_status (*apply)(void* self, vb_bytes event, vb_store* store, vb_sink* error);
} vb_view;

/* What verbatim_plugin_v1 is: a constant, so that finding it runs nothing. */
typedef struct vb_plugin {
  uint32_t struct_size;
  uint32_t abi_version; /* VERBATIM_ABI_VERSION */
  const void* manifest_begin;
  const void* manifest_end;
  const void* descriptors_begin;
  const void* descriptors_end;
  /* By the name that the manifest gives; NULL: there is none. Constants of the plugin, never freed.
   */
  const vb_annotator* (*annotator)(vb_bytes name);
  const vb_view* (*view)(vb_bytes name);
} vb_plugin;

/* The layout that version 1 froze. Where pointers aren't 64 bits wide no plugin has ever been
 * built. */
#if UINTPTR_MAX == UINT64_MAX
static_assert(sizeof(vb_bytes) == 16 && offsetof(vb_bytes, size) == 8, "vb_bytes is ABI");
static_assert(sizeof(vb_sink) == 16 && offsetof(vb_sink, put) == 8, "vb_sink is ABI");
static_assert(offsetof(vb_host, ctx) == 8 && offsetof(vb_host, log) == 16, "vb_host is ABI");
static_assert(offsetof(vb_host, progress) == 24 && offsetof(vb_host, cancelled) == 32,
              "vb_host is ABI");
static_assert(offsetof(vb_store, ctx) == 8 && offsetof(vb_store, get) == 16, "vb_store is ABI");
static_assert(offsetof(vb_store, put) == 24 && offsetof(vb_store, erase) == 32, "vb_store is ABI");
static_assert(offsetof(vb_store, scan) == 40, "vb_store is ABI");
static_assert(offsetof(vb_annotator, create) == 8 && offsetof(vb_annotator, destroy) == 16,
              "vb_annotator is ABI");
static_assert(offsetof(vb_annotator, annotate) == 24, "vb_annotator is ABI");
static_assert(offsetof(vb_view, create) == 8 && offsetof(vb_view, destroy) == 16, "vb_view is ABI");
static_assert(offsetof(vb_view, apply) == 24, "vb_view is ABI");
static_assert(offsetof(vb_plugin, manifest_begin) == 8 &&
                  offsetof(vb_plugin, descriptors_end) == 32,
              "vb_plugin is ABI");
static_assert(offsetof(vb_plugin, annotator) == 40 && offsetof(vb_plugin, view) == 48,
              "vb_plugin is ABI");
static_assert(sizeof(vb_host) == 40 && sizeof(vb_store) == 48 && sizeof(vb_plugin) == 56,
              "ABI version 1");
static_assert(sizeof(vb_annotator) == 32 && sizeof(vb_view) == 32, "ABI version 1");
#endif

#ifdef __cplusplus
} /* extern "C" */
#endif
#endif /* VERBATIM_PLUGIN_ABI_H_ */
