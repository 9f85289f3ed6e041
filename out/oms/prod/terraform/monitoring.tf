# oms/prod, written by cachewright: change the definition, not this file.

resource "aws_sns_topic" "alerts" {
  name              = "oms-redis-prod-alerts"
  kms_master_key_id = aws_kms_key.cache.arn

  tags = {
    Environment = "prod"
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
  name              = "oms-redis-prod-pages"
  kms_master_key_id = aws_kms_key.cache.arn

  tags = {
    Environment = "prod"
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
  alarm_name        = "oms-redis-prod-EngineCPUUtilization"
  alarm_description = "oms-redis-prod: CPUUtilization above 37.5 % for 5 minutes. Commands wait for the core that runs them. The engine runs on one core: 75 % of it is 37.5 % of a host with 2 vCPUs."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 37.5
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "prod"
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
        CacheClusterId = "oms-redis-prod-001"
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
        CacheClusterId = "oms-redis-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CPUUtilization"

      dimensions = {
        CacheClusterId = "oms-redis-prod-003"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "memory" {
  alarm_name        = "oms-redis-prod-DatabaseMemoryUsagePercentage"
  alarm_description = "oms-redis-prod: DatabaseMemoryUsagePercentage above 85 % for 5 minutes. Memory runs out: keys are evicted, or writes are refused."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 85
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "prod"
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
        CacheClusterId = "oms-redis-prod-001"
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
        CacheClusterId = "oms-redis-prod-002"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "DatabaseMemoryUsagePercentage"

      dimensions = {
        CacheClusterId = "oms-redis-prod-003"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "freeable_memory" {
  alarm_name        = "oms-redis-prod-FreeableMemory"
  alarm_description = "oms-redis-prod: FreeableMemory below 100000000 bytes for 5 minutes. The host has hardly any memory left and may begin to swap."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 100000000
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "prod"
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
        CacheClusterId = "oms-redis-prod-001"
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
        CacheClusterId = "oms-redis-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "FreeableMemory"

      dimensions = {
        CacheClusterId = "oms-redis-prod-003"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "connections" {
  alarm_name        = "oms-redis-prod-CurrConnections"
  alarm_description = "oms-redis-prod: CurrConnections above 52000 for 10 minutes. Clients have many connections open: a pool without a bound, or one for each request. Four fifths of the 65000 that such a node takes."

  evaluation_periods  = 10
  datapoints_to_alarm = 10
  threshold           = 52000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "prod"
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
        CacheClusterId = "oms-redis-prod-001"
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
        CacheClusterId = "oms-redis-prod-002"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CurrConnections"

      dimensions = {
        CacheClusterId = "oms-redis-prod-003"
        CacheNodeId    = "0001"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "replication_lag" {
  alarm_name        = "oms-redis-prod-ReplicationLag"
  alarm_description = "oms-redis-prod: ReplicationLag above 10 seconds for 15 minutes. A replica is behind: reads from it are old, and a failover to it loses writes."

  evaluation_periods  = 15
  datapoints_to_alarm = 15
  threshold           = 10
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "prod"
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
        CacheClusterId = "oms-redis-prod-001"
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
        CacheClusterId = "oms-redis-prod-002"
      }

      period = 60
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "ReplicationLag"

      dimensions = {
        CacheClusterId = "oms-redis-prod-003"
      }

      period = 60
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "primary_link" {
  alarm_name        = "oms-redis-prod-MasterLinkHealthStatus"
  alarm_description = "oms-redis-prod: MasterLinkHealthStatus below 1 for 2 minutes. A replica has lost its primary."

  evaluation_periods  = 2
  datapoints_to_alarm = 2
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "missing"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "prod"
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
        CacheClusterId = "oms-redis-prod-001"
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
        CacheClusterId = "oms-redis-prod-002"
      }

      period = 60
      stat   = "Minimum"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "MasterLinkHealthStatus"

      dimensions = {
        CacheClusterId = "oms-redis-prod-003"
      }

      period = 60
      stat   = "Minimum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "no_data_001" {
  alarm_name        = "oms-redis-prod-001-NoData"
  alarm_description = "oms-redis-prod-001: no data for 5 minutes. The member is gone, or can't be reached."

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
    Environment = "prod"
  }
}

resource "aws_cloudwatch_metric_alarm" "no_data_002" {
  alarm_name        = "oms-redis-prod-002-NoData"
  alarm_description = "oms-redis-prod-002: no data for 5 minutes. The member is gone, or can't be reached."

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
    Environment = "prod"
  }
}

resource "aws_cloudwatch_metric_alarm" "no_data_003" {
  alarm_name        = "oms-redis-prod-003-NoData"
  alarm_description = "oms-redis-prod-003: no data for 5 minutes. The member is gone, or can't be reached."

  namespace   = "AWS/ElastiCache"
  metric_name = "CurrConnections"

  dimensions = {
    CacheClusterId = "${aws_elasticache_replication_group.this.id}-003"
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
    Environment = "prod"
  }
}

resource "aws_cloudwatch_metric_alarm" "hit_rate" {
  alarm_name        = "oms-redis-prod-CacheHitRate"
  alarm_description = "oms-redis-prod: CacheHitRate below 80 % for 15 minutes. Reads miss the cache, and whatever is behind it has the load."

  evaluation_periods  = 3
  datapoints_to_alarm = 3
  threshold           = 80
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "prod"
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
      metric_name = "CacheHitRate"

      dimensions = {
        CacheClusterId = "oms-redis-prod-001"
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
      metric_name = "CacheHitRate"

      dimensions = {
        CacheClusterId = "oms-redis-prod-002"
      }

      period = 300
      stat   = "Average"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "CacheHitRate"

      dimensions = {
        CacheClusterId = "oms-redis-prod-003"
      }

      period = 300
      stat   = "Average"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "evictions" {
  alarm_name        = "oms-redis-prod-Evictions"
  alarm_description = "oms-redis-prod: Evictions above 1000 for 5 minutes. Keys go to make room for others."

  evaluation_periods  = 5
  datapoints_to_alarm = 5
  threshold           = 1000
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "prod"
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
      metric_name = "Evictions"

      dimensions = {
        CacheClusterId = "oms-redis-prod-001"
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
      metric_name = "Evictions"

      dimensions = {
        CacheClusterId = "oms-redis-prod-002"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "Evictions"

      dimensions = {
        CacheClusterId = "oms-redis-prod-003"
      }

      period = 60
      stat   = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "authentication" {
  alarm_name        = "oms-redis-prod-AuthenticationFailures"
  alarm_description = "oms-redis-prod: AuthenticationFailures above 0 for a minute. Somebody logs in with a wrong token or password."

  evaluation_periods  = 1
  datapoints_to_alarm = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
  ok_actions          = [aws_sns_topic.alerts.arn]

  tags = {
    Environment = "prod"
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
        CacheClusterId = "oms-redis-prod-001"
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
        CacheClusterId = "oms-redis-prod-002"
      }

      period = 60
      stat   = "Sum"
    }
  }

  metric_query {
    id          = "m3"
    return_data = false

    metric {
      namespace   = "AWS/ElastiCache"
      metric_name = "AuthenticationFailures"

      dimensions = {
        CacheClusterId = "oms-redis-prod-003"
      }

      period = 60
      stat   = "Sum"
    }
  }
}

resource "aws_cloudwatch_composite_alarm" "unwell" {
  alarm_name        = "oms-redis-prod-unwell"
  alarm_description = "oms-redis-prod is unwell: one of the alarms that can't wait went off. The dashboard shows which, the runbook what to do."
  alarm_rule        = "ALARM(\"${aws_cloudwatch_metric_alarm.cpu.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.memory.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.primary_link.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_001.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_002.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.no_data_003.alarm_name}\") OR ALARM(\"${aws_cloudwatch_metric_alarm.evictions.alarm_name}\")"
  alarm_actions     = [aws_sns_topic.pages.arn]
  ok_actions        = [aws_sns_topic.pages.arn]

  tags = {
    Environment = "prod"
  }
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "oms-redis-prod"

  dashboard_body = jsonencode({
    widgets = [
      {
        height = 1
        properties = {
          markdown = "# oms-redis-prod (oms/prod, production)"
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
                value = 37.5
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CPUUtilization",
              "CacheClusterId",
              "oms-redis-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "oms-redis-prod-002", ".", "."],
            [".", ".", ".", "oms-redis-prod-003", ".", "."],
          ]
          period  = 60
          region  = "us-east-1"
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
                value = 85
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "DatabaseMemoryUsagePercentage",
              "CacheClusterId",
              "oms-redis-prod-001",
            ],
            [".", ".", ".", "oms-redis-prod-002"],
            [".", ".", ".", "oms-redis-prod-003"],
          ]
          period  = 60
          region  = "us-east-1"
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
              "oms-redis-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "oms-redis-prod-002", ".", "."],
            [".", ".", ".", "oms-redis-prod-003", ".", "."],
          ]
          period  = 60
          region  = "us-east-1"
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
                value = 52000
              },
            ]
          }
          metrics = [
            [
              "AWS/ElastiCache",
              "CurrConnections",
              "CacheClusterId",
              "oms-redis-prod-001",
              "CacheNodeId",
              "0001",
            ],
            [".", ".", ".", "oms-redis-prod-002", ".", "."],
            [".", ".", ".", "oms-redis-prod-003", ".", "."],
          ]
          period  = 60
          region  = "us-east-1"
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
            ["AWS/ElastiCache", "ReplicationLag", "CacheClusterId", "oms-redis-prod-001"],
            [".", ".", ".", "oms-redis-prod-002"],
            [".", ".", ".", "oms-redis-prod-003"],
          ]
          period  = 60
          region  = "us-east-1"
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
            ["AWS/ElastiCache", "MasterLinkHealthStatus", "CacheClusterId", "oms-redis-prod-001"],
            [".", ".", ".", "oms-redis-prod-002"],
            [".", ".", ".", "oms-redis-prod-003"],
          ]
          period  = 60
          region  = "us-east-1"
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
                value = 80
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "CacheHitRate", "CacheClusterId", "oms-redis-prod-001"],
            [".", ".", ".", "oms-redis-prod-002"],
            [".", ".", ".", "oms-redis-prod-003"],
          ]
          period  = 300
          region  = "us-east-1"
          stacked = false
          stat    = "Average"
          title   = "CacheHitRate"
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
                value = 1000
              },
            ]
          }
          metrics = [
            ["AWS/ElastiCache", "Evictions", "CacheClusterId", "oms-redis-prod-001"],
            [".", ".", ".", "oms-redis-prod-002"],
            [".", ".", ".", "oms-redis-prod-003"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Sum"
          title   = "Evictions"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 8
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
            ["AWS/ElastiCache", "AuthenticationFailures", "CacheClusterId", "oms-redis-prod-001"],
            [".", ".", ".", "oms-redis-prod-002"],
            [".", ".", ".", "oms-redis-prod-003"],
          ]
          period  = 60
          region  = "us-east-1"
          stacked = false
          stat    = "Sum"
          title   = "AuthenticationFailures"
          view    = "timeSeries"
        }
        type  = "metric"
        width = 8
        x     = 16
        y     = 13
      },
    ]
  })
}
