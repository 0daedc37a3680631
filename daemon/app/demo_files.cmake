# Compiles daemon/app/demo into the program: ioud_embed_demo(<target>) adds a source that is made
# anew when one of the files changes. The file is its own build step, run as
#   cmake -D FOLDER=<demo> -D OUT=<source> -P demo_files.cmake

# The files below the folder, by path; a glob leaves out what begins with a dot, so .Sent is named.
function(demo_paths folder result)
  file(GLOB_RECURSE paths ${ARGN} RELATIVE ${folder} ${folder}/* ${folder}/mail/.Sent/*)
  list(REMOVE_DUPLICATES paths)
  list(SORT paths)
  set(${result} "${paths}" PARENT_SCOPE)
endfunction()

function(ioud_embed_demo target)
  set(folder ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/demo)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/demo_files.cpp)
  demo_paths(${folder} paths CONFIGURE_DEPENDS)
  list(TRANSFORM paths PREPEND ${folder}/ OUTPUT_VARIABLE files)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -D FOLDER=${folder} -D OUT=${source} -P
            ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
    DEPENDS ${files} ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
    COMMENT "Embedding the demo's files"
    VERBATIM)
  target_sources(${target} PRIVATE ${source})
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE)
  return()
endif()

demo_paths(${FOLDER} paths)
set(bytes "")
set(rows "")
set(number 0)
foreach(path IN LISTS paths)
  file(READ ${FOLDER}/${path} hex HEX)
  string(REGEX REPLACE "(..)" "'\\\\x\\1'," hex "${hex}")
  if(path MATCHES "\\.(ics|vcf)$|^mail/")
    string(REPLACE "'\\x0a'" "'\\x0d','\\x0a'" hex "${hex}")
  endif()
  string(APPEND bytes "constexpr char file_${number}[] = {${hex}};\n")
  string(APPEND rows "    DemoFile{\"${path}\", {file_${number}, sizeof file_${number}}},\n")
  math(EXPR number "${number} + 1")
endforeach()
file(
  WRITE ${OUT}
  "// Made from daemon/app/demo by demo_files.cmake.\n#include \"app/demo_files.hpp\"\n\n"
  "#include <array>\n\nnamespace ioud::app {\nnamespace {\n\n${bytes}\n"
  "constexpr std::array files = {\n${rows}};\n\n}  // namespace\n\n"
  "std::span<const DemoFile> demo_files() { return files; }\n\n}  // namespace ioud::app\n")
