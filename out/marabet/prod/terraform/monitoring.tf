# marabet/prod, written by cachewright: change the definition, not this file.

resource "aws_sns_topic" "alerts" {
  name              = "marabet-redis-alerts"
  kms_master_key_id = aws_kms_key.cache.arn

  tags = {
    Environment = "production"
  }
}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "CloudWatchTellsOfAlarms"
        Effect = "Allow"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.alerts.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
    ]
  })
}

resource "aws_sns_topic" "pages" {
  name              = "marabet-redis-pages"
  kms_master_key_id = aws_kms_key.cache.arn

  tags = {
    Environment = "production"
  }
}

resource "aws_sns_topic_policy" "pages" {
  arn = aws_sns_topic.pages.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid    = "CloudWatchTellsOfAlarms"
        Effect = "Allow"
        Principal = {
          Service = "cloudwatch.amazonaws.com"
        }
        Action   = "sns:Publish"
        Resource = aws_sns_topic.pages.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.current.account_id
          }
        }
      },
    ]
  })
}

resource "aws_cloudwatch_metric_alarm" "cpu" {
  alarm_name        = "marabet-redis-EngineCPUUtilization"
  alarm_description = "marabet-redis: CPUUtilization above 45 % for 5 minutes. Commands wait for the core that runs them. The engine runs on one core: 90 % of it is 45 % of a host with 2 vCPUs."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 45
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUUtilization"

      dimensions = {
        CacheClusterId = "marabet-redis-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUUtilization"

      dimensions = {
        CacheClusterId = "marabet-redis-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  alarm_name        = "marabet-redis-DatabaseMemoryUsagePercentage"
  alarm_description = "marabet-redis: DatabaseMemoryUsagePercentage above 80 % for 5 minutes. Memory runs out: keys are evicted, or writes are refused."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 80
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "DatabaseMemoryUsagePercentage"

      dimensions = {
        CacheClusterId = "marabet-redis-001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "DatabaseMemoryUsagePercentage"

      dimensions = {
        CacheClusterId = "marabet-redis-002"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "freeable_memory" {
  alarm_name        = "marabet-redis-FreeableMemory"
  alarm_description = "marabet-redis: FreeableMemory below 100000000 bytes for 5 minutes. The host has hardly any memory left and may begin to swap."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 100000000
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "FreeableMemory"

      dimensions = {
        CacheClusterId = "marabet-redis-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "FreeableMemory"

      dimensions = {
        CacheClusterId = "marabet-redis-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "connections" {
  alarm_name        = "marabet-redis-CurrConnections"
  alarm_description = "marabet-redis: CurrConnections above 36800 for 10 minutes. Clients have many connections open: a pool without a bound, or one for each request. Four fifths of the 46000 that such a node takes."

  evaluation_periods  = 10
  datapoints_to_alarm = 10
  threshold           = 36800
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CurrConnections"

      dimensions = {
        CacheClusterId = "marabet-redis-001"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CurrConnections"

      dimensions = {
        CacheClusterId = "marabet-redis-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "replication_lag" {
  alarm_name        = "marabet-redis-ReplicationLag"
  alarm_description = "marabet-redis: ReplicationLag above 10 seconds for 15 minutes. A replica is behind: reads from it are old, and a failover to it loses writes."

  evaluation_periods  = 15
  datapoints_to_alarm = 15
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "ReplicationLag"

      dimensions = {
        CacheClusterId = "marabet-redis-001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "ReplicationLag"

      dimensions = {
        CacheClusterId = "marabet-redis-002"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "primary_link" {
  alarm_name        = "marabet-redis-MasterLinkHealthStatus"
  alarm_description = "marabet-redis: MasterLinkHealthStatus below 1 for 2 minutes. A replica has lost its primary."

  evaluation_periods  = 2
  datapoints_to_alarm = 2
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "MasterLinkHealthStatus"

      dimensions = {
        CacheClusterId = "marabet-redis-001"
      }

      period = 60
      stat   = "Minimum"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "MasterLinkHealthStatus"

      dimensions = {
        CacheClusterId = "marabet-redis-002"
      }

      period = 60
      stat   = "Minimum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "no_data_001" {
  alarm_name        = "marabet-redis-001-NoData"
  alarm_description = "marabet-redis-001: no data for 5 minutes. The member is gone, or can't be reached."

  namespace   = "AWS/ElastiCache"
  metric_name = "CurrConnections"

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-001"
    CacheNodeId    = "0001"
  }

  statistic = "SampleCount"
  period    = 60

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "production"
  }
}

resource "aws_cloudwatch_metric_alarm" "no_data_002" {
  alarm_name        = "marabet-redis-002-NoData"
  alarm_description = "marabet-redis-002: no data for 5 minutes. The member is gone, or can't be reached."

  namespace   = "AWS/ElastiCache"
  metric_name = "CurrConnections"

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-002"
    CacheNodeId    = "0001"
  }

  statistic = "SampleCount"
  period    = 60

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "production"
  }
}

resource "aws_cloudwatch_metric_alarm" "cpu_credits" {
  alarm_name        = "marabet-redis-CPUCreditBalance"
  alarm_description = "marabet-redis: CPUCreditBalance below 24 for 15 minutes. The node has used its CPU credits; from here on it is slow, or costs more. What the node earns in an hour."

  evaluation_periods  = 3
  datapoints_to_alarm = 3
  threshold           = 24
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MIN(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUCreditBalance"

      dimensions = {
        CacheClusterId = "marabet-redis-001"
        CacheNodeId    = "0001"
      }

      period = 300
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUCreditBalance"

      dimensions = {
        CacheClusterId = "marabet-redis-002"
        CacheNodeId    = "0001"
      }

      period = 300
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "authentication" {
  alarm_name        = "marabet-redis-AuthenticationFailures"
  alarm_description = "marabet-redis: AuthenticationFailures above 0 for a minute. Somebody logs in with a wrong token or password."

  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "production"
  }

  metric_query {
    id          = "worst"
    expression  = "MAX(METRICS())"
    return_data = true
  }

  metric_query {
    id          = "m1"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "AuthenticationFailures"

      dimensions = {
        CacheClusterId = "marabet-redis-001"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m2"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "AuthenticationFailures"

      dimensions = {
        CacheClusterId = "marabet-redis-002"
      }

      period = 60
      stat   = "Sum"
    }
  }
}

resource "aws_cloudwatch_composite_alarm" "unwell" {
  alarm_name        = "marabet-redis-unwell"
  alarm_description = "marabet-redis is unwell: one of the alarms that can't wait went off. The dashboard shows which, the runbook what to do."
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.cpu.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.primary_link.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_001.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_002.alarm_name}\")"
  alarm_actions     = [aws_sns_topic.pages.arn]
  ok_actions        = [aws_sns_topic.pages.arn]

  tags = {
    Environment = "production"
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "marabet-redis"

  dashboard_body = jsonencode({
    widgets = [
      {
        height = 1
        properties = {
          markdown = "# marabet-redis (marabet/prod, production)"
        }
        type  = "text"
        width = 24
        x     = 0
        y     = 0
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 45
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CPUUtilization",
              "CacheClusterId",
              "marabet-redis-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "marabet-redis-002", ".", "."],
          ]
          period  = 60
          region  = "eu-west-1"
          stacked = false
          stat    = "Average"
          title   = "EngineCPUUtilization"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 1
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 80
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "DatabaseMemoryUsagePercentage",
              "CacheClusterId",
              "marabet-redis-001",
            ],
            [".", ".", ".", "marabet-redis-002"],
          ]
          period  = 60
          region  = "eu-west-1"
          stacked = false
          stat    = "Average"
          title   = "DatabaseMemoryUsagePercentage"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 1
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 100000000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "FreeableMemory",
              "CacheClusterId",
              "marabet-redis-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "marabet-redis-002", ".", "."],
          ]
          period  = 60
          region  = "eu-west-1"
          stacked = false
          stat    = "Average"
          title   = "FreeableMemory"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 16
        y     = 1
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 36800
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CurrConnections",
              "CacheClusterId",
              "marabet-redis-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "marabet-redis-002", ".", "."],
          ]
          period  = 60
          region  = "eu-west-1"
          stacked = false
          stat    = "Average"
          title   = "CurrConnections"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 10
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "ReplicationLag", "CacheClusterId", "marabet-redis-001"],
            [".", ".", ".", "marabet-redis-002"],
          ]
          period  = 60
          region  = "eu-west-1"
          stacked = false
          stat    = "Average"
          title   = "ReplicationLag"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 1
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "MasterLinkHealthStatus", "CacheClusterId", "marabet-redis-001"],
            [".", ".", ".", "marabet-redis-002"],
          ]
          period  = 60
          region  = "eu-west-1"
          stacked = false
          stat    = "Minimum"
          title   = "MasterLinkHealthStatus"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 16
        y     = 7
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 24
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CPUCreditBalance",
              "CacheClusterId",
              "marabet-redis-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "marabet-redis-002", ".", "."],
          ]
          period  = 300
          region  = "eu-west-1"
          stacked = false
          stat    = "Average"
          title   = "CPUCreditBalance"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 0
        y     = 13
      },
      {
        height = 6
        properties = {
          annotations = {
            horizontal = [
              {
                label = "alarm"
                value = 0
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "AuthenticationFailures", "CacheClusterId", "marabet-redis-001"],
            [".", ".", ".", "marabet-redis-002"],
          ]
          period  = 60
          region  = "eu-west-1"
          stacked = false
          stat    = "Sum"
          title   = "AuthenticationFailures"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
        y     = 13
      },
    ]
  })
}
