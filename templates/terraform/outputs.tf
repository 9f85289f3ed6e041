# {{ environment }}, written by cachewright: change the definition, not this file.
{%- for output in outputs %}

output "{{ output.name }}" {
{{ output.body -}}
}
{%- endfor %}

