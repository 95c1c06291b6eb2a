// SPDX-License-Identifier: Apache-2.0
#include "core/schema/read_message.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/text_format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/schema/fields.h"
#include "core/schema/reflect.h"
#include "core/schema/set_scalar.h"
#include "fmt/format.h"
#include "verbatim/text/utf8.h"

namespace verbatim::schema {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Reflection;

absl::Status At(size_t line, size_t column, std::string_view what) {
  return absl::InvalidArgumentError(fmt::format("line {}, column {}: {}", line, column, what));
}

// "did you mean ..." for a name that the type does not have.
std::string NoField(std::string_view name, const Descriptor& type) {
  const std::vector<std::string> names = FieldNames(type);
  const auto nearest = Nearest(name, names);
  return fmt::format("no field {} in {}{}", name, type.full_name(),
                     nearest ? fmt::format(": did you mean {}?", *nearest)
                             : fmt::format("; it has {}", fmt::join(names, ", ")));
}

// One pass over a JSON text, straight into a message.
class JsonReader {
 public:
  JsonReader(std::string_view text, const Registry* registry) : text_(text), registry_(registry) {}

  absl::Status Read(Message* message) {
    VB_RETURN_IF_ERROR(Object(message, 0));
    return End();
  }

  absl::StatusOr<std::map<std::string, std::string_view>> Members() {
    std::map<std::string, std::string_view> members;
    VB_RETURN_IF_ERROR(Expect('{'));
    if (Take('}')) return members;
    do {
      VB_ASSIGN_OR_RETURN(std::string name, String());
      VB_RETURN_IF_ERROR(Expect(':'));
      Blanks();
      const size_t begin = at_;
      VB_RETURN_IF_ERROR(Skip(0));
      members.insert_or_assign(std::move(name), text_.substr(begin, at_ - begin));
    } while (Take(','));
    VB_RETURN_IF_ERROR(Expect('}'));
    VB_RETURN_IF_ERROR(End());
    return members;
  }

  absl::StatusOr<std::string> OnlyString() {
    VB_ASSIGN_OR_RETURN(std::string text, String());
    VB_RETURN_IF_ERROR(End());
    return text;
  }

 private:
  absl::Status End() {
    Blanks();
    return at_ == text_.size() ? absl::OkStatus() : Wrong("something stands after the end");
  }

  // Any value.
  absl::Status Skip(int depth) {
    if (depth > kDepthMax) return Wrong("nested too deeply");
    const char first = Next();
    if (first == '"') return String().status();
    if (first != '{' && first != '[') return Word().status();
    const char last = first == '{' ? '}' : ']';
    ++at_;
    if (Take(last)) return absl::OkStatus();
    do {
      if (first == '{') {
        VB_RETURN_IF_ERROR(String().status());
        VB_RETURN_IF_ERROR(Expect(':'));
      }
      VB_RETURN_IF_ERROR(Skip(depth + 1));
    } while (Take(','));
    return Expect(last);
  }

  absl::Status Wrong(std::string_view what) const { return WrongAt(at_, what); }
  absl::Status WrongAt(size_t byte, std::string_view what) const {
    const std::string_view before = text_.substr(0, byte);
    const size_t begin = before.rfind('\n') + 1;  // npos + 1 is the first byte
    const auto line = static_cast<size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
    return At(line, text::CountChars(before.substr(begin)) + 1, what);
  }

  void Blanks() { at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size()); }
  bool Take(char c) {
    Blanks();
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  absl::Status Expect(char c) {
    return Take(c) ? absl::OkStatus() : Wrong(fmt::format("'{}' is wanted here", c));
  }
  char Next() {
    Blanks();
    return at_ < text_.size() ? text_[at_] : '\0';
  }

  absl::Status Object(Message* message, int depth) {
    if (depth > kDepthMax) return Wrong("nested too deeply");
    VB_RETURN_IF_ERROR(Expect('{'));
    if (Take('}')) return absl::OkStatus();
    do {
      VB_RETURN_IF_ERROR(Member(message, depth));
    } while (Take(','));
    return Expect('}');
  }

  absl::Status Member(Message* message, int depth) {
    Blanks();
    const size_t begin = at_;
    VB_ASSIGN_OR_RETURN(const std::string name, String());
    const Descriptor& type = *message->GetDescriptor();
    const FieldDescriptor* field = type.FindFieldByName(name);
    if (field == nullptr) return WrongAt(begin, NoField(name, type));
    VB_RETURN_IF_ERROR(Expect(':'));
    if (Next() == 'n') return Word().status();  // null: unset
    if (Next() == '{' && name == "value" && registry_ != nullptr && TypedBodyOf(*message).is)
      return OpenBody(message, field, depth);
    if (!field->is_repeated()) return Value(message, field, depth);
    VB_RETURN_IF_ERROR(Expect('['));
    if (Take(']')) return absl::OkStatus();
    do {
      VB_RETURN_IF_ERROR(Value(message, field, depth));
    } while (Take(','));
    return Expect(']');
  }

  absl::Status OpenBody(Message* message, const FieldDescriptor* value, int depth) {
    const size_t begin = at_;
    const std::string type = TypedBodyOf(*message).type;
    const auto body = registry_->New(type);
    if (!body.ok()) return WrongAt(begin, std::string(body.status().message()));
    VB_RETURN_IF_ERROR(Object(body->get(), depth + 1));
    message->GetReflection()->SetString(message, value, (*body)->SerializeAsString());
    return absl::OkStatus();
  }

  absl::Status Value(Message* message, const FieldDescriptor* field, int depth) {
    const size_t begin = (Blanks(), at_);
    const Reflection* reflection = message->GetReflection();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      return Object(field->is_repeated() ? reflection->AddMessage(message, field)
                                         : reflection->MutableMessage(message, field),
                    depth + 1);
    }
    const bool quoted = Next() == '"';
    VB_ASSIGN_OR_RETURN(const std::string text, quoted ? String() : Word());
    const bool wants_text = field->cpp_type() == FieldDescriptor::CPPTYPE_STRING ||
                            field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM;
    if (quoted != wants_text) {
      return WrongAt(begin, fmt::format("{} takes {}", field->name(),
                                        wants_text ? "a text in quotation marks"
                                                   : "a number, true or false, without marks"));
    }
    const absl::Status status = PutScalar(message, field, text);
    return status.ok() ? status : WrongAt(begin, std::string(status.message()));
  }

  // A number, true, false, null.
  absl::StatusOr<std::string> Word() {
    Blanks();
    const size_t end = std::min(text_.find_first_of(",]} \t\r\n", at_), text_.size());
    if (end == at_) return Wrong("a value is wanted here");
    const std::string_view word = text_.substr(at_, end - at_);
    at_ = end;
    return std::string(word);
  }

  absl::StatusOr<std::string> String() {
    if (!Take('"')) return Wrong("a text in quotation marks is wanted here");
    std::string out;
    for (const size_t begin = at_ - 1;; ++at_) {
      if (at_ >= text_.size()) return WrongAt(begin, "this text has no closing quotation mark");
      const char c = text_[at_];
      if (c == '"') break;
      if (c != '\\') {
        out.push_back(c);
        continue;
      }
      VB_RETURN_IF_ERROR(Escape(&out));
    }
    ++at_;
    return out;
  }

  // at_ stands on the backslash, and is left on the last character of the escape.
  absl::Status Escape(std::string* out) {
    static constexpr std::string_view kNames = "\"\\/bfnrt";
    static constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
    ++at_;
    const char c = at_ < text_.size() ? text_[at_] : '\0';
    if (const size_t found = kNames.find(c); c != '\0' && found != std::string_view::npos) {
      out->push_back(kMeant[found]);
      return absl::OkStatus();
    }
    char32_t unit = 0;
    if (c != 'u' || !Hex4(&unit)) return Wrong("no escape that JSON knows");
    if (unit >= 0xD800 && unit < 0xDC00 && text_.substr(at_ + 1, 2) == "\\u") {
      at_ += 2;
      char32_t low = 0;
      if (!Hex4(&low) || low < 0xDC00 || low > 0xDFFF) return Wrong("half a surrogate pair");
      unit = 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
    }
    text::AppendUtf8(unit, out);
    return absl::OkStatus();
  }

  // at_ stands on the u, and is left on the last digit.
  bool Hex4(char32_t* unit) {
    for (int i = 0; i < 4; ++i) {
      ++at_;
      const char c = at_ < text_.size() ? static_cast<char>(text_[at_] | 0x20) : '\0';
      const bool digit = c >= '0' && c <= '9';
      if (!digit && (c < 'a' || c > 'f')) return false;
      *unit = *unit * 16 + static_cast<char32_t>(digit ? c - '0' : c - 'a' + 10);
    }
    return true;
  }

  std::string_view text_;
  const Registry* registry_;
  size_t at_ = 0;
};

// Keeps the first complaint of the text format's parser, and adds the field that was meant.
class FirstError : public google::protobuf::io::ErrorCollector {
 public:
  explicit FirstError(const Descriptor& type) : type_(type) {}

  void AddError(int line, int column, const std::string& message) override {
    if (!status_.ok()) return;
    std::string what = message;
    // 'Message type "x.v1.Config" has no field named "leters_min".'
    static constexpr std::string_view kNamed = "has no field named \"";
    if (const size_t named = what.find(kNamed); named != std::string::npos) {
      const size_t begin = named + kNamed.size();
      const std::string name = what.substr(begin, what.find('"', begin) - begin);
      const size_t of = what.find('"') + 1;
      const Descriptor* type =
          type_.file()->pool()->FindMessageTypeByName(what.substr(of, what.find('"', of) - of));
      what = NoField(name, type != nullptr ? *type : type_);
    }
    status_ = At(static_cast<size_t>(line + 1), static_cast<size_t>(column + 1), what);
  }

  absl::Status status() const { return status_; }

 private:
  const Descriptor& type_;
  absl::Status status_;
};

}  // namespace

absl::Status ReadJson(std::string_view text, const Registry* registry, Message* message) {
  if (const size_t bad = text::FirstInvalidByte(text); bad != text::kNoByte)
    return absl::InvalidArgumentError(fmt::format("byte {}: this is no UTF-8", bad));
  return JsonReader(text, registry).Read(message);
}

absl::StatusOr<std::map<std::string, std::string_view>> JsonMembers(std::string_view text) {
  return JsonReader(text, nullptr).Members();
}

absl::StatusOr<std::string> ReadJsonString(std::string_view text) {
  return JsonReader(text, nullptr).OnlyString();
}

absl::Status ReadTextFormat(std::string_view text, Message* message) {
  FirstError error(*message->GetDescriptor());
  google::protobuf::TextFormat::Parser parser;
  parser.RecordErrorsTo(&error);
  if (parser.ParseFromString(std::string(text), message)) return absl::OkStatus();
  if (!error.status().ok()) return error.status();
  return absl::InvalidArgumentError("this is no " + message->GetDescriptor()->full_name());
}

absl::Status ReadMessage(std::string_view text, Message* message) {
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '{')
    return ReadJson(text, nullptr, message);
  return ReadTextFormat(text, message);
}

}  // namespace verbatim::schema
