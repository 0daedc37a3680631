#include "lint/layers.hpp"

#include <algorithm>
#include <set>

#include "core/text.hpp"

namespace ioud::lint {
namespace {

std::vector<std::string> entries(std::string_view cell) {
  std::vector<std::string> out;
  for (const std::string& part : core::split(core::replaced(cell, "`", ""), ',')) {
    const std::string_view entry = core::trimmed(part);
    if (!entry.empty() && entry != "-") out.emplace_back(entry);
  }
  return out;
}

Layer row(const std::vector<std::string>& cells) {
  constexpr std::string_view cpp_only = " (.cpp)";
  Layer layer;
  layer.rooms = entries(cells[2]);
  layer.includes = entries(cells[3]);
  for (const std::string& library : entries(cells[4])) {
    if (library.ends_with(cpp_only))
      layer.hidden.push_back(library.substr(0, library.size() - cpp_only.size()));
    else
      layer.libraries.push_back(library);
  }
  return layer;
}

std::string folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? "" : std::string(path.substr(0, slash));
}

/// How well a row's room covers a file: the length of the match, 0 for none.
std::size_t cover(const std::string& room, const std::string& path) {
  if (path == room) return path.size() + 1;
  if (room.ends_with("/*")) {
    const std::string top = room.substr(0, room.size() - 1);
    return path.starts_with(top) && path.find('/', top.size()) != std::string::npos ? top.size()
                                                                                    : 0;
  }
  return folder_of(path) == room || (room.starts_with("daemon/") && path.starts_with(room + "/"))
             ? room.size()
             : 0;
}

const Layer* layer_of(const std::vector<Layer>& layers, const std::string& path) {
  const Layer* found = nullptr;
  std::size_t longest = 0;
  for (const Layer& layer : layers)
    for (const std::string& room : layer.rooms)
      if (const std::size_t length = cover(room, path); length > longest) {
        longest = length;
        found = &layer;
      }
  return found;
}

/// What a file includes of its own: "net" of daemon/net, "connectors/imap" of connectors/imap.
std::string own_folder(const std::string& path) {
  constexpr std::string_view daemon = "daemon/";
  if (!path.starts_with(daemon)) return folder_of(path);
  const auto end = path.find('/', daemon.size());
  return end == std::string::npos ? "" : path.substr(daemon.size(), end - daemon.size());
}

bool reaches(const std::string& entry, const std::string& include) {
  if (entry == "everything" || entry == include) return true;
  if (entry == "connectors/*")
    return include.starts_with("connectors/") && folder_of(include) != "connectors";
  if (entry == "connectors") return folder_of(include) == entry;
  return include.starts_with(entry + "/");
}

bool allows(const Layer& layer, const std::string& from, const std::string& include) {
  const std::string own = own_folder(from);
  const bool inside = own == "connectors" ? folder_of(include) == own
                                          : !own.empty() && include.starts_with(own + "/");
  return inside ||
         std::any_of(layer.includes.begin(), layer.includes.end(),
                     [&include](const std::string& entry) { return reaches(entry, include); });
}

std::string library_of(const std::string& include) {
  const auto slash = include.find('/');
  if (slash != std::string::npos) return include.substr(0, slash);
  return include.ends_with(".h") ? include.substr(0, include.size() - 2) : include;
}

bool holds(const std::vector<std::string>& list, const std::string& entry) {
  return std::find(list.begin(), list.end(), entry) != list.end();
}

}  // namespace

std::vector<Layer> read_layers(std::string_view markdown) {
  std::vector<Layer> layers;
  bool inside = false;
  for (const std::string& line : core::split(markdown, '\n')) {
    if (line.starts_with("| layer |")) {
      inside = true;
    } else if (inside && !line.starts_with('|')) {
      break;
    } else if (inside && !line.starts_with("| ---")) {
      const std::vector<std::string> cells = core::split(line, '|');
      if (cells.size() >= 6) layers.push_back(row(cells));
    }
  }
  return layers;
}

std::vector<Complaint> check_layers(const std::vector<Layer>& layers,
                                    const std::vector<Source>& sources) {
  std::set<std::string> known_libraries;
  for (const Layer& layer : layers) {
    known_libraries.insert(layer.libraries.begin(), layer.libraries.end());
    known_libraries.insert(layer.hidden.begin(), layer.hidden.end());
  }
  std::vector<Complaint> found;
  for (const Source& source : sources) {
    if (!is_code(source)) continue;
    const Layer* layer = layer_of(layers, source.path);
    if (layer == nullptr) {
      found.push_back({source.path, 1, "stands in no row of the table in daemon/README.md"});
      continue;
    }
    for (const Include& include : source.includes) {
      if (include.quoted) {
        if (!allows(*layer, source.path, include.path))
          found.push_back({source.path, include.line,
                           "may not include \"" + include.path + "\" (table in daemon/README.md)"});
        continue;
      }
      const std::string library = library_of(include.path);
      if (!known_libraries.contains(library) || holds(layer->libraries, library)) continue;
      if (!holds(layer->hidden, library))
        found.push_back({source.path, include.line, "may not use " + library});
      else if (is_header(source))
        found.push_back({source.path, include.line, library + " belongs into the .cpp file"});
    }
  }
  return found;
}

}  // namespace ioud::lint
