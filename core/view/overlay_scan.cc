// SPDX-License-Identifier: Apache-2.0
// Scanning the three layers of an overlay as one, in either direction.
#include <array>

#include "core/store/keys.h"
#include "core/view/overlay.h"

namespace verbatim::view {
namespace {

using Bound = std::optional<std::string>;

// The keys that a scan may give: prefix <= key, and key < end, and on the right side of `from`.
struct Stretch {
  std::string prefix;
  Bound from;
  bool forward = true;

  // Where a forward scan begins.
  std::string First() const { return from && *from > prefix ? *from : prefix; }
  // The keys that a backward scan begins at or below: the greatest is `from` itself, or the last
  // one below the end of the prefix.
  bool FromIsLast(const Bound& end) const { return from && (!end || *from < *end); }
};

// One layer, at a key. A layer above hides the same key below it.
class Layer {
 public:
  virtual ~Layer() = default;
  virtual absl::Status Advance() = 0;
  bool valid = false;
  std::string_view key;
  std::optional<std::string_view> row;  // nothing: erased here
};

// A layer that is an ordered container in memory. `RowOf` gives the row of an element.
template <class Container, class KeyOfElement, class RowOfElement>
class MemoryLayer : public Layer {
 public:
  MemoryLayer(const Container& container, const Stretch& stretch, KeyOfElement key_of,
              RowOfElement row_of)
      : container_(container), stretch_(stretch), key_of_(key_of), row_of_(row_of) {
    if (stretch.forward) {
      at_ = container.lower_bound(std::string_view(stretch.First()));
      Take();
      return;
    }
    const Bound end = store::PrefixEnd(stretch.prefix);
    at_ = stretch.FromIsLast(end) ? container.upper_bound(std::string_view(*stretch.from))
          : end                   ? container.lower_bound(std::string_view(*end))
                                  : container.end();
    StepBack();
  }

  absl::Status Advance() override {
    if (stretch_.forward) {
      ++at_;
      Take();
    } else {
      StepBack();
    }
    return absl::OkStatus();
  }

 private:
  void StepBack() {
    if (at_ == container_.begin()) {
      valid = false;
      return;
    }
    --at_;
    Take();
  }

  void Take() {
    valid = at_ != container_.end();
    if (!valid) return;
    key = key_of_(*at_);
    valid = key.substr(0, stretch_.prefix.size()) == stretch_.prefix;
    if (valid) row = row_of_(*at_);
  }

  const Container& container_;
  const Stretch& stretch_;
  KeyOfElement key_of_;
  RowOfElement row_of_;
  typename Container::const_iterator at_;
};

// The committed rows.
class CommittedLayer : public Layer {
 public:
  CommittedLayer(store::Cursor cursor, const Stretch& stretch)
      : cursor_(std::move(cursor)), stretch_(stretch) {}

  absl::Status Start() {
    if (stretch_.forward) return Take(cursor_.Seek(stretch_.First()));
    const Bound end = store::PrefixEnd(stretch_.prefix);
    if (stretch_.FromIsLast(end)) {
      VB_ASSIGN_OR_RETURN(const bool there, cursor_.Find(*stretch_.from));
      return Take(there ? absl::StatusOr<bool>(true) : cursor_.SeekBefore(*stretch_.from));
    }
    return Take(end ? cursor_.SeekBefore(*end) : cursor_.Last());
  }

  absl::Status Advance() override {
    return Take(stretch_.forward ? cursor_.Next() : cursor_.Previous());
  }

 private:
  absl::Status Take(const absl::StatusOr<bool>& there) {
    VB_RETURN_IF_ERROR(there.status());
    valid = *there;
    if (!valid) return absl::OkStatus();
    key = cursor_.entry().key;
    valid = key.substr(0, stretch_.prefix.size()) == stretch_.prefix;
    if (!valid) return absl::OkStatus();
    const auto stored = ParseRowValue(cursor_.entry().value);
    if (!stored) return Damaged("rows");
    row = stored->row;
    return absl::OkStatus();
  }

  store::Cursor cursor_;
  const Stretch& stretch_;
};

// The uppermost of the layers that stand at the next key; null when all are at their end.
template <size_t N>
Layer* NextOf(const std::array<Layer*, N>& layers, bool forward) {
  Layer* next = nullptr;
  for (Layer* layer : layers) {
    if (!layer->valid) continue;
    if (next == nullptr || (forward ? layer->key < next->key : layer->key > next->key)) {
      next = layer;
    }
  }
  return next;
}

}  // namespace

const Overlay::Order& Overlay::Ordered() {
  if (!order_) {
    order_.emplace();
    for (const auto& entry : batch_) order_->insert(entry.first);
  }
  return *order_;
}

absl::Status Overlay::ScanMerged(
    TableKey prefix, std::optional<TableKey> from, bool forward,
    absl::FunctionRef<bool(std::string_view, std::string_view)> visit) {
  const Stretch stretch{std::string(prefix), from ? Bound(*from) : Bound(), forward};
  MemoryLayer event(
      event_, stretch, [](const auto& e) { return e.first; },
      [](const auto& e) { return e.second; });
  MemoryLayer batch(
      Ordered(), stretch, [](TableKey key) { return key; },
      [this](TableKey key) { return batch_.find(key)->second.row; });
  VB_ASSIGN_OR_RETURN(store::Cursor cursor, txn_.OpenCursor(generation_->rows_));
  CommittedLayer committed(std::move(cursor), stretch);
  if (checkpoint_.rows() > 0) VB_RETURN_IF_ERROR(committed.Start());

  const std::array<Layer*, 3> layers = {&event, &batch, &committed};
  for (Layer* next = NextOf(layers, forward); next != nullptr; next = NextOf(layers, forward)) {
    const std::string_view key = next->key;
    if (next->row && !visit(key.substr(1), *next->row)) return absl::OkStatus();
    for (Layer* layer : layers) {
      if (layer != next && layer->valid && layer->key == key) VB_RETURN_IF_ERROR(layer->Advance());
    }
    VB_RETURN_IF_ERROR(next->Advance());
  }
  return absl::OkStatus();
}

vb_status Overlay::Scan(void* self, uint32_t table, vb_bytes prefix, vb_bytes from,
                        vb_direction direction, void* visitor,
                        int32_t (*visit)(void* visitor, vb_bytes key, vb_bytes row)) {
  auto& overlay = *static_cast<Overlay*>(self);
  const bool direction_known = direction == VB_FORWARD || direction == VB_BACKWARD;
  if (table >= overlay.generation_->tables() || prefix.size > VB_KEY_BYTES_MAX ||
      !direction_known) {
    return VB_INVALID_ARGUMENT;
  }
  const auto key_of = [table](vb_bytes bytes) {
    return RowKey(table, bytes.size == 0
                             ? std::string_view()
                             : std::string_view(static_cast<const char*>(bytes.data), bytes.size));
  };
  const std::string begin = from.size > 0 ? key_of(from) : std::string();
  ++overlay.scanning_;
  const absl::Status scanned = overlay.ScanMerged(
      key_of(prefix), from.size > 0 ? std::optional<TableKey>(begin) : std::nullopt,
      direction == VB_FORWARD, [&](std::string_view key, std::string_view row) {
        return visit(visitor, {key.data(), key.size()}, {row.data(), row.size()}) == 0;
      });
  --overlay.scanning_;
  return scanned.ok() ? VB_OK : overlay.Fail(scanned);
}

}  // namespace verbatim::view
