# {{ environment }}, written by cachewright: change the definition, not this file.
{%- for note in notes %}
# cachewright: {{ note }}
{%- endfor %}
{%- for block in blocks %}

{{ block.kind }} "{{ block.of }}" "{{ block.label }}" {
{%- if block.body.is_empty() %}}
{%- else %}
{{ block.body -}}
}
{%- endif %}
{%- endfor %}

