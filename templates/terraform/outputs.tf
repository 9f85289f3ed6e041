# {{ environment }}, written by cachewright: change the definition, not this file.
{%- for output in outputs %}

output "{{ output.name }}" {
  description = {{ output.description }}
  value       = {{ output.value }}
}
{%- endfor %}

