// The model as read-only data: pages are mapped with the program and loaded when touched.
    .section .rodata
    .balign 64
    .globl ioud_embedded_model_begin
    .type ioud_embedded_model_begin, @object
ioud_embedded_model_begin:
    .incbin IOUD_MODEL_FILE
    .globl ioud_embedded_model_end
    .type ioud_embedded_model_end, @object
ioud_embedded_model_end:
    .byte 0
    .section .note.GNU-stack, "", @progbits
